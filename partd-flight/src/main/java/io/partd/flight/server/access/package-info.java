/**
 * Internal: who may do what at a server. {@code Access} knows certificates and tokens and reads them again when their
 * files change, {@code AuthInterceptor} refuses calls without a right.
 */
package io.partd.flight.server.access;

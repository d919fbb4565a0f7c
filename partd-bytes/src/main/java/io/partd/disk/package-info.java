/**
 * The medium of file stores: a directory of the local file system, maps of its files, and locks on bytes of one that
 * all processes of the machine see. What another medium would replace. Internal: not exported.
 */
package io.partd.disk;

/** What tests share: kernels like those that notebooks run in, and their cells. */
package io.partd.notebook.testing;

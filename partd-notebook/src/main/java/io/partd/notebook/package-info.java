/**
 * Shows the library's values in Jupyter notebooks: stores, {@code Bytes}, Arrow's and Tablesaw's tables, options, and
 * the progress of long work. Nothing here is called: each kernel finds it on the class path.
 *
 * <ul>
 *   <li>{@code Views} says what is shown of which type, {@code View} is the result: HTML, and plain text.
 *   <li>JJava finds {@code JJavaExtension}, rapaio's kernel {@code RapaioDisplays}. IJava looks for nothing: there
 *       {@code NotebookDisplay}, which the library makes when a store is first asked for, finds IJava.
 *   <li>{@code Notebook} is the kernel that runs, {@code ShownProgress} what it shows of work that lasts.
 * </ul>
 */
package io.partd.notebook;

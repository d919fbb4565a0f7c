#!/usr/bin/env python3
"""Measures checkouts of this project beside each other: compare.py [-n ROUNDS] CHECKOUT... -- [JMH's options].

Each round has closeup.sh of every checkout run once, in turn and every other time backwards, so that what the machine
does meanwhile meets all of them. Printed are medians over all rounds, and the median of the rounds' own ratios to the
first checkout.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile


def times(checkout, options):
    """All times of one run, by the name and the parameters of the benchmark."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [checkout / "benchmarks/closeup.sh", *options, "-foe", "true", "-rf", "json", "-rff", file.name]
        if subprocess.run(command, stdout=sys.stderr).returncode:
            sys.exit(f"{checkout}: closeup.sh has failed, see above")
        results = json.load(file)
    return {name(result): sum(result["primaryMetric"]["rawData"], []) for result in results}


def name(result):
    params = {key: value for key, value in result["params"].items() if key not in ("size", "directory")}
    return " ".join([".".join(result["benchmark"].split(".")[-2:]), *params.values()])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=3, help="rounds (%(default)s)")
    parser.add_argument("checkouts", nargs="+", type=pathlib.Path)
    given, options = sys.argv[1:], []
    if "--" in given:
        options, given = given[given.index("--") + 1 :], given[: given.index("--")]
    arguments = parser.parse_args(given)
    checkouts = arguments.checkouts
    rounds = []
    for number in range(arguments.n):
        order = list(enumerate(checkouts))[:: 1 if number % 2 == 0 else -1]
        rounds.append({index: times(checkout.resolve(), options) for index, checkout in order})
    print("%-60s" % "ms in the median", *("%24s" % str(checkout)[-24:] for checkout in checkouts))
    for row in rounds[0][0]:
        line = ["%-60s" % row]
        for index in range(len(checkouts)):
            median = statistics.median(time for round in rounds for time in round[index].get(row, [float("nan")]))
            ratio = statistics.median(
                statistics.median(round[index].get(row, [float("nan")])) / statistics.median(round[0][row])
                for round in rounds
            )
            line.append("%12.2f %11.3f" % (median, ratio))
        print(*line)


if __name__ == "__main__":
    main()

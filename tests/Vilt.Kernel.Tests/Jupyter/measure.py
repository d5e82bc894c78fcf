"""Times kernels from a client's side, each in a fresh process. Usage: python measure.py KERNEL ..., by its name or its kernel spec's folder

Prints a Markdown table with the median of some starts: from the start to kernel_info's answer and to the first result, the 20th cell, a
completion right after it and later ones, in milliseconds; the memory of the kernel's processes after 22 cells; then the 200th cell and the
memory after it. Beside .NET Interactive, whose kernel has the same name as ours:

    dotnet tool install --global Microsoft.dotnet-interactive --version 1.0.712001
    mkdir interactive && dotnet interactive jupyter install --path interactive
    python measure.py .net-csharp interactive/.net-csharp python3
"""

import os
import statistics
import subprocess
import sys
import time

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

STARTS = int(os.environ.get("STARTS", "5"))
SAMPLES = {
    "C#": ("1 + 1", "var v{0} = {0};\nv{0} * 2", "Console.Wri", "WriteLine"),
    "python": ("1 + 1", "v{0} = {0}\nv{0} * 2", "str.upp", "upper"),
}
ROWS = (
    "start to kernel_info", "start to the first result", "20th cell", "completion at once after 20 cells", "a later completion",
    "memory after 22 cells, MB", "200th cell", "memory after 200 cells, MB",
)


def answer(client, request, status="ok"):
    while True:
        reply = client.get_shell_msg(timeout=120)
        if reply["parent_header"].get("msg_id") == request:
            assert reply["content"]["status"] == status, reply["content"]
            return reply["content"]


def timed(call):
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def memory(pid):
    table = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in table.splitlines()]
    family = {pid}
    while grown := {child for child, parent, _ in rows if parent in family} - family:
        family |= grown
    return sum(rss for child, _, rss in rows if child in family) / 1024


def measure(name):
    manager = KernelManager(kernel_name=name)
    if os.path.isdir(name):
        manager._kernel_spec = KernelSpec.from_resource_dir(name)
    start = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        language = answer(client, client.kernel_info())["language_info"]["name"]
        ready = 1000 * (time.perf_counter() - start)
        first, cell, begun, expected = SAMPLES[language]

        def run(numbers):
            times = [timed(lambda: answer(client, client.execute(cell.format(number)))) for number in numbers]
            return statistics.median(times[-5:])  # Among its neighbors, so that a collection of garbage does not count for one of them.

        def complete():
            matches = answer(client, client.complete(begun))["matches"]
            assert any(expected in match for match in matches), matches

        answer(client, client.execute(first))
        result = 1000 * (time.perf_counter() - start)
        twentieth = run(range(2, 21))
        at_once = timed(complete)
        later = statistics.median(timed(complete) for _ in range(5))
        run(range(21, 23))
        small = memory(manager.provisioner.process.pid)
        last = run(range(23, 201))
        return (ready, result, twentieth, at_once, later, small, last, memory(manager.provisioner.process.pid))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main(names):
    rounds = [[measure(name) for name in names] for _ in range(STARTS)]  # In turn, so that what slows the machine slows all.
    columns = [[statistics.median(values) for values in zip(*kernel)] for kernel in zip(*rounds)]
    print("| |", " | ".join(names), "|")
    print("|---|" + "---:|" * len(names))
    for row, values in zip(ROWS, zip(*columns)):
        print(f"| {row} |", " | ".join(f"{value:,.0f}" for value in values), "|")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))

"""Times kernels from a client's side, each in a fresh process. Usage: python measure.py .net-csharp [python3 ...]

Prints a Markdown table with the median of some starts: from the start to kernel_info's answer and to the first result, the 20th and
the 200th cell, the first and a later completion, in milliseconds, and the memory of the kernel's processes after all that.
"""

import statistics
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

STARTS = 3
SAMPLES = {
    "C#": ("1 + 1", "var v{0} = {0};\nv{0} * 2", "Console.Wri"),
    "python": ("1 + 1", "v{0} = {0}\nv{0} * 2", "str.upp"),
}
ROWS = ("kernel_info", "first result", "20th cell", "200th cell", "first completion", "warm completion", "memory, MB")


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
    start = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        language = answer(client, client.kernel_info())["language_info"]["name"]
        ready = 1000 * (time.perf_counter() - start)
        first, cell, completion = SAMPLES[language]
        answer(client, client.execute(first))
        result = 1000 * (time.perf_counter() - start)
        cells = [timed(lambda: answer(client, client.execute(cell.format(number)))) for number in range(2, 201)]
        completions = [timed(lambda: answer(client, client.complete(completion))) for _ in range(6)]
        # A cell among its neighbors, so that a collection of garbage does not count for one of them.
        near = lambda number: statistics.median(cells[number - 4 : number + 1])
        return (ready, result, near(20), near(198), completions[0], statistics.median(completions[1:]), memory(manager.provisioner.process.pid))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main(names):
    columns = [[statistics.median(values) for values in zip(*(measure(name) for _ in range(STARTS)))] for name in names]
    print("| |", " | ".join(names), "|")
    print("|---|" + "---:|" * len(names))
    for row, values in zip(ROWS, zip(*columns)):
        print(f"| {row} |", " | ".join(f"{value:,.0f}" for value in values), "|")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))

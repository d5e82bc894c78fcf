"""Times interrupts of the C# kernel from a client's side. Usage: python measure_interrupts.py [.net-csharp]

Prints a Markdown table with the median and the slowest of some interrupts, from the request to the end of the cell, in milliseconds.
After each another cell must run. It trains with the library of this repository, which must be built.
"""

import pathlib
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

from measure import answer, timed

TIMES = 5
LIBRARY = pathlib.Path(__file__).resolve().parents[3] / "lib/Vilt/bin/Vilt.dll"
PREPARATION = f"""
#r "{LIBRARY}"
using TorchSharp;
using static TorchSharp.torch;
using System.Text.RegularExpressions;
var layer = nn.Linear(256, 256);
var optimizer = optim.SGD(layer.parameters(), 0.01);
void Train()
{{
    using var scope = NewDisposeScope();
    optimizer.zero_grad();
    layer.forward(randn(512, 256)).square().mean().backward();
    optimizer.step();
}}
Train();
long Fibonacci(long n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
int Sink(int depth) {{ if (depth < 5000) return Sink(depth + 1) + 1; while (true) {{ }} }}
"""
ENDLESS = {
    "tight loop": "while (true) { }",
    "recursion": "Fibonacci(100)",
    "5,000 calls deep": "Sink(0)",
    "await": "await Task.Delay(-1);",
    "sleep": "System.Threading.Thread.Sleep(-1);",
    "input": 'input("name? ")',
    "Console.ReadLine": "Console.ReadLine()",
    "regular expression": "Regex.IsMatch(new string('a', 60) + \"!\", \"^(a+)+$\")",
    "training": "while (true) Train();",
}


def interrupt(manager, client, code):
    request = client.execute('Console.WriteLine("begun");\n' + code, allow_stdin=True)
    while client.get_iopub_msg(timeout=120)["content"].get("text") != "begun\n":
        pass
    time.sleep(0.3)  # By now it is in the midst of it.
    took = timed(lambda: (manager.interrupt_kernel(), answer(client, request, status="error")))
    answer(client, client.execute("1 + 1"))
    return took


def main(name=".net-csharp"):
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        answer(client, client.kernel_info())
        answer(client, client.execute(PREPARATION))
        print("| interrupted | median | slowest |\n|---|---:|---:|")
        for what, code in ENDLESS.items():
            times = [interrupt(manager, client, code) for _ in range(TIMES)]
            print(f"| {what} | {statistics.median(times):,.0f} | {max(times):,.0f} |", flush=True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main(*sys.argv[1:])

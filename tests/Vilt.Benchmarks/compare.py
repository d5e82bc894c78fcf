"""Runs the library's work and the same work in Python in turn, and prints a table of ratios.

    python compare.py --data DIR [--rounds 3] [--times 3] [--only infer train ...] [--json FILE]

DIR is what `python/peer.py make` wrote. Each round runs every work once on either side, each in a process of its own, so that
what else the machine does meets both. A ratio is the library's median over Python's; the table gives the least, the median and
the most of the rounds' ratios, and the ratio of the processor's time, which counts other processes less. Where both sides compute
the same, the results are compared too.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ASSETS = HERE.parents[1] / "assets"
OURS = ["dotnet", str(HERE / "bin/Release/net10.0/Vilt.Benchmarks.dll")]
PEER = [sys.executable, "-W", "ignore", str(HERE / "python/peer.py")]


def works(data, images):
    """Name, our arguments, the peer's arguments, bound on time, bound on memory, relative tolerance of the result."""
    model = ["--checkpoint", data / "checkpoint"]
    one, four = [*model, "--inputs", data / "one.safetensors"], [*model, "--inputs", data / "four.safetensors"]
    files = [*model, "--images", *images]
    annotations, questions = ["--annotations", data / "annotations.json"], [*model, "--questions", data / "questions.json"]
    labels = [*model, *annotations]
    lesson = ["finetune", "--checkpoint", ASSETS / "vilt-zoo-mlm", "--data", data / "zoo"]
    small = ["attribute", "--checkpoint", ASSETS / "vilt-zoo-finetuned-vqa", "--inputs", data / "small.safetensors"]
    return [
        ("inference", ["infer", *one], ["infer", *one], 0.7, 0.8, 1e-4),
        ("inference, bfloat16", ["infer", *one, "--bf16"], ["infer", *one], 0.4, 0.8, 0.05),
        ("training step of four", ["train", *four], ["train", *four], 0.6, 0.7, 1e-3),
        ("training step of four, bfloat16", ["train", *four, "--bf16"], ["train", *four], None, None, 0.02),
        ("30 steps of LIG, the tutorial's call", ["attribute", *one], ["attribute", *one], 0.45, 0.25, 1e-2),
        ("30 steps of LIG, Python's in chunks of five", ["attribute", *one], ["attribute", *one, "--chunk", "5"], 0.6, 0.6, 1e-2),
        ("30 steps of LIG, Python's in chunks of five, bfloat16", ["attribute", *one, "--bf16"], ["attribute", *one, "--chunk", "5"], 0.3, 0.6, None),
        ("small model, 625 training steps", lesson, lesson, 0.7, None, None),
        ("small model, 30 steps of LIG", small, small, 0.7, None, 1e-2),
        ("feature ablation of patches and words", ["explain", *one, "--method", "feature-ablation"], ["explain", *one, "--method", "feature-ablation"], 0.6, 0.5, 1e-3),
        ("occlusion, 32 by 32", ["explain", *one, "--method", "occlusion"], ["explain", *one, "--method", "occlusion"], 0.6, 0.5, 1e-3),
        ("SmoothGrad of ten", ["explain", *one, "--method", "smoothgrad"], ["explain", *one, "--method", "smoothgrad"], 0.6, 0.5, 0.2),
        ("processor, a photograph", ["encode", *files], ["encode", *files], 0.33, None, 0.02),
        ("processor, a batch", ["encode-batch", *files], ["encode", *files], 0.25, None, 0.02),
        ("annotations read", ["annotations", *annotations], ["annotations", *annotations], 0.3, 0.3, 0),
        ("soft labels, the tutorial's way", ["labels", *labels], ["labels", *labels, "--naive", "214354"], 0.02, None, 1e-6),
        ("soft labels, by dictionary", ["labels", *labels], ["labels", *labels], 0.3, None, 1e-6),
        ("tokenizer, 100,000 questions", ["tokenize", *questions], ["tokenize", *questions], 1.0, None, 0),
    ]


def run(command, times):
    process = subprocess.run([*map(str, command), "--times", str(times)], capture_output=True, text=True, check=False)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{process.stderr}")
    return json.loads(process.stdout.strip().splitlines()[-1])


def numbers(result):
    if isinstance(result, dict):
        return [n for key in ("pixels", "words") for n in numbers(result[key])]
    return [n for item in result for n in numbers(item)] if isinstance(result, list) else [float(result)]


def same(ours, peers, tolerance):
    pairs = list(zip(numbers(ours), numbers(peers)))
    scale = max(abs(b) for _, b in pairs)
    return all(math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance * scale) for a, b in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--images", nargs="+", default=sorted(ASSETS.glob("*.png")))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="names of works that begin so")
    parser.add_argument("--json", type=pathlib.Path, help="also keep every line that was measured")
    args = parser.parse_args()
    chosen = [work for work in works(args.data, args.images) if not args.only or work[0].startswith(tuple(args.only))]
    lines = {work[0]: [] for work in chosen}
    for _ in range(args.rounds):
        for name, ours, peers, *_ in chosen:
            lines[name].append((run([*OURS, *ours], args.times), run([*PEER, *peers], args.times)))
            print(f"{name}: {lines[name][-1][0]['median']:.3f} s, Python {lines[name][-1][1]['median']:.3f} s", file=sys.stderr, flush=True)
    if args.json:
        args.json.write_text(json.dumps(lines, indent=1), encoding="utf-8")
    print_table(chosen, lines)


def print_table(chosen, lines):
    print("| work | C# s | Python s | ratio: least, median, most | aim | of processor time | memory C#, Python MiB | ratio | aim | same result |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, _, _, time_bound, memory_bound, tolerance in chosen:
        ours, peers = zip(*lines[name])
        ratios = sorted(a["median"] / b["median"] for a, b in lines[name])
        memory = [max(line["peak_rss_mib"] for line in side) for side in (ours, peers)]
        agree = "–" if tolerance is None else "yes" if all(same(a["result"], b["result"], tolerance) for a, b in lines[name]) else "NO"
        print(f"| {name} | {median(ours):.3f} | {median(peers):.3f} | {ratios[0]:.2f}, **{ratios[len(ratios) // 2]:.2f}**, {ratios[-1]:.2f} "
              f"| {time_bound or '–'} | {cpu(ours) / cpu(peers):.2f} | {memory[0]:.0f}, {memory[1]:.0f} | {memory[0] / memory[1]:.2f} | {memory_bound or '–'} | {agree} |")


def cpu(side):
    return min(seconds for line in side for seconds in line["cpu_seconds"])


def median(side):
    return sorted(line["median"] for line in side)[len(side) // 2]


main()

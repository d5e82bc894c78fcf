"""The work of ../Program.cs in Python, as the ViLT tutorial writes it: the same commands, each prints one line of JSON."""
import argparse
import json
import resource
import time

import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import BertTokenizerFast, ViltConfig, ViltForQuestionAnswering, ViltProcessor

from data import Questions, make

WORDS = "vilt.embeddings.text_embeddings.word_embeddings"


def run(name, warm, times, work):
    seconds, cpu_seconds, result = [], [], None
    for i in range(warm + times):
        start, before = time.perf_counter(), time.process_time()
        result = work()
        if i >= warm:
            seconds.append(round(time.perf_counter() - start, 5))
            cpu_seconds.append(round(time.process_time() - before, 5))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"name": name, "seconds": seconds, "cpu_seconds": cpu_seconds, "median": sorted(seconds)[len(seconds) // 2], "peak_rss_mib": round(peak, 1),
                      "threads": torch.get_num_threads(), "result": result}), flush=True)


def load(args):
    return ViltForQuestionAnswering.from_pretrained(args.checkpoint).eval(), load_file(args.inputs)


def infer(args):
    model, inputs = load(args)
    inputs.pop("labels", None)
    with torch.no_grad():
        run("infer", 2, args.times, lambda: model(**inputs).logits.flatten()[:5].tolist())


def train(args):
    model, inputs = load(args)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-5)
    losses = []

    def step():
        optimizer.zero_grad()
        loss = model(**inputs).loss
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        return losses

    run("train", 1, args.times, step)


class LogitsOf(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, pixel_values, attention_mask, pixel_mask, token_type_ids):
        return self.model(input_ids=input_ids, pixel_values=pixel_values, attention_mask=attention_mask, pixel_mask=pixel_mask,
                          token_type_ids=token_type_ids).logits


def attribute(args):
    from captum.attr import LayerIntegratedGradients
    from captum.attr._utils.input_layer_wrapper import ModelInputWrapper
    model, inputs = load(args)
    wrapped = ModelInputWrapper(LogitsOf(model))
    method = LayerIntegratedGradients(wrapped, [wrapped.input_maps["pixel_values"], wrapped.module.model.get_submodule(WORDS)])
    values = (inputs["input_ids"], inputs["pixel_values"])

    def work():
        (pixels, words), delta = method.attribute(
            values, baselines=tuple(map(torch.zeros_like, values)), target=args.target, n_steps=args.steps,
            additional_forward_args=(inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"]),
            internal_batch_size=args.chunk, return_convergence_delta=True)
        return {"pixels": pixels.sum().item(), "words": words.sum().item(), "delta": delta.tolist(), "steps": args.steps}

    run("attribute", 0, args.times, work)


class LogitsOfEmbeddings(LogitsOf):
    def forward(self, embeddings, pixel_values, attention_mask, pixel_mask, token_type_ids):
        return self.model(inputs_embeds=embeddings, pixel_values=pixel_values, attention_mask=attention_mask, pixel_mask=pixel_mask,
                          token_type_ids=token_type_ids).logits


def explain(args):
    """Other methods by captum's calls; --chunk is perturbations_per_eval or nt_samples_batch_size."""
    from captum.attr import FeatureAblation, NoiseTunnel, Occlusion, Saliency
    model, inputs = load(args)
    ids, pixels = inputs["input_ids"], inputs["pixel_values"]
    common = {"target": args.target, "additional_forward_args": (inputs["attention_mask"], inputs["pixel_mask"], inputs["token_type_ids"])}
    per_pass = {"perturbations_per_eval": args.chunk or 1}

    def feature_ablation():
        tokens, (height, width) = ids.shape[1], pixels.shape[2:]
        patches = torch.arange(height)[:, None] // 32 * (width // 32) + torch.arange(width)[None] // 32 + tokens
        return FeatureAblation(LogitsOf(model)).attribute(
            (ids, pixels), feature_mask=(torch.arange(tokens)[None], patches[None, None]), **common, **per_pass)

    def occlusion():
        return Occlusion(LogitsOf(model)).attribute((ids, pixels), ((1,), (3, 32, 32)), ((1,), (3, 32, 32)), **common, **per_pass)

    def smoothgrad():
        words = model.get_submodule(WORDS)(ids).detach()
        return NoiseTunnel(Saliency(LogitsOfEmbeddings(model))).attribute(
            (words, pixels), nt_samples=10, nt_samples_batch_size=args.chunk, stdevs=0.1, **common)

    work = {"feature-ablation": feature_ablation, "occlusion": occlusion, "smoothgrad": smoothgrad}[args.method]
    run(args.method, 0, args.times, lambda: [attribution.abs().sum().item() for attribution in work()])


def finetune(args):
    """The lesson's training: 100 questions, in batches of four, 25 times."""
    processor = ViltProcessor.from_pretrained(args.checkpoint)
    questions = Questions(args.data, processor, 100)
    answers = {i: a for a, i in questions.label2id.items()}
    loader = torch.utils.data.DataLoader(questions, collate_fn=questions.collate, batch_size=4, shuffle=True)

    def work():
        model = ViltForQuestionAnswering.from_pretrained(args.checkpoint, id2label=answers, label2id=questions.label2id).train()
        optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4)
        for _ in range(25):
            for batch in loader:
                optimizer.zero_grad()
                loss = model(**batch).loss
                loss.backward()
                optimizer.step()
        return loss.item()

    run("finetune", 0, args.times, work)


def encode(args):
    processor = ViltProcessor.from_pretrained(args.checkpoint)

    def pixels(path):
        return processor(Image.open(path), "what is on the picture", padding="max_length", truncation=True,
                         return_tensors="pt")["pixel_values"].double().sum().item()

    run("encode", 1, args.times, lambda: round(sum(map(pixels, args.images)), 3))


def annotations_of(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["annotations"]


def annotations(args):
    run("annotations", 0, args.times, lambda: len(annotations_of(args.annotations)))


def labels(args):
    """`--naive N`: N annotations as the tutorial does it, which builds a list of all answers for each answer; else by dictionary."""
    label2id = ViltConfig.from_pretrained(args.checkpoint).label2id
    every = annotations_of(args.annotations)

    def scores(annotation):
        counts = {}
        for answer in annotation["answers"]:
            counts[answer["answer"]] = counts.get(answer["answer"], 0) + 1
        known = [a for a in counts if a in (list(label2id.keys()) if args.naive else label2id)]
        annotation["labels"] = [label2id[a] for a in known]
        annotation["scores"] = [min(1.0, counts[a] / 3) for a in known]
        return sum(annotation["scores"])

    run("labels", 0, args.times, lambda: round(sum(map(scores, every[:args.naive] if args.naive else every)), 3))


def tokenize(args):
    tokenizer = BertTokenizerFast.from_pretrained(args.checkpoint)
    with open(args.questions, encoding="utf-8") as file:
        texts = [question["question"] for question in json.load(file)["questions"][:100_000]]
    rust = tokenizer.backend_tokenizer
    rust.enable_truncation(tokenizer.model_max_length)
    rust.enable_padding(length=tokenizer.model_max_length)
    run("tokenize", 1, args.times, lambda: sum(sum(encoding.ids) for encoding in rust.encode_batch(texts)))


def main():
    top = argparse.ArgumentParser(description=__doc__)
    commands = top.add_subparsers(required=True)
    for work, options in ((infer, "checkpoint inputs"), (train, "checkpoint inputs"), (attribute, "checkpoint inputs"), (explain, "checkpoint inputs method"),
                          (finetune, "checkpoint data"), (encode, "checkpoint images"), (annotations, "annotations"), (labels, "checkpoint annotations"),
                          (tokenize, "checkpoint questions"), (make, "images vocabulary small out")):
        command = commands.add_parser(work.__name__, help=work.__doc__)
        command.set_defaults(work=work)
        command.add_argument("--times", type=int, default=5)
        for option in options.split():
            command.add_argument(f"--{option}", required=True, **({"nargs": "+"} if option == "images" else {}))
        if work in (attribute, explain):
            command.add_argument("--target", type=int, default=3)
            command.add_argument("--chunk", type=int)
        if work is attribute:
            command.add_argument("--steps", type=int, default=30)
        if work is labels:
            command.add_argument("--naive", type=int)
    args = top.parse_args()
    args.work(args)


main()

"""What the benchmarks read: files that `peer.py make` writes, and the tutorial's data set."""
import json
import pathlib
import random

import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import BertTokenizerFast, ViltConfig, ViltForQuestionAnswering, ViltImageProcessor, ViltProcessor


class Questions(torch.utils.data.Dataset):
    """The first questions of a folder in VQAv2's files, as the tutorial's data set."""

    def __init__(self, folder, processor, count):
        self.folder, self.processor = pathlib.Path(folder), processor
        questions = json.loads((self.folder / "v2_OpenEnded_mscoco_val2014_questions.json").read_text(encoding="utf-8"))["questions"]
        every = json.loads((self.folder / "v2_mscoco_val2014_annotations.json").read_text(encoding="utf-8"))["annotations"]
        self.questions, self.annotations = questions[:count], every[:count]
        self.label2id = {a: i for i, a in enumerate(sorted({n["multiple_choice_answer"] for n in every}))}

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, i):
        picture = Image.open(self.folder / f"val2014/COCO_val2014_{self.questions[i]['image_id']:012d}.png").convert("RGB")
        item = {key: value[0] for key, value in self.processor(
            picture, self.questions[i]["question"], padding="max_length", truncation=True, return_tensors="pt").items()}
        given = [answer["answer"] for answer in self.annotations[i]["answers"]]
        item["labels"] = torch.zeros(len(self.label2id))
        for answer in set(given) & self.label2id.keys():
            item["labels"][self.label2id[answer]] = min(1.0, given.count(answer) / 3)
        return item

    def collate(self, items):
        pictures = self.processor.image_processor.pad([item["pixel_values"] for item in items], return_tensors="pt")
        return {**pictures, **{key: torch.stack([item[key] for item in items])
                               for key in ("input_ids", "attention_mask", "token_type_ids", "labels")}}


def make(args):
    """A ViLT-B/32 with weights by lot, two batches, and question and annotation files of VQAv2's validation split's size."""
    out = pathlib.Path(args.out)
    answers = ["yes", "no", *map(str, range(10)), "red", "blue", "green"] + [f"answer {i}" for i in range(3114)]
    torch.manual_seed(0)
    model = ViltForQuestionAnswering(ViltConfig(id2label=dict(enumerate(answers)), label2id={a: i for i, a in enumerate(answers)}))
    model.save_pretrained(out / "checkpoint")
    vocabulary = pathlib.Path(args.vocabulary).read_text(encoding="utf-8").split()
    vocabulary += [f"word{i}" for i in range(len(vocabulary), 30522)]
    (out / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab_file=str(out / "vocab.txt"), model_max_length=40)
    processor = ViltProcessor(ViltImageProcessor(size={"shortest_edge": 384}, size_divisor=32), tokenizer)
    processor.save_pretrained(out / "checkpoint")
    save_batch(processor, args.images[:1], out / "one.safetensors")
    save_batch(processor, (args.images * 4)[:4], out / "four.safetensors", len(answers))
    write_vqav2(out, answers)
    small = ViltProcessor.from_pretrained(args.small)
    save_batch(small, args.images[:1], out / "small.safetensors")


def save_batch(processor, images, path, answers=0):
    texts = ["how many zebras are on the picture", "what is the animal", "what color is the cat", "is there a zebra"]
    items = [processor(Image.open(i).convert("RGB"), t, padding="max_length", truncation=True, return_tensors="pt")
             for i, t in zip(images, texts)]
    batch = dict(processor.image_processor.pad([item["pixel_values"][0] for item in items], return_tensors="pt"))
    batch |= {key: torch.cat([item[key] for item in items]) for key in ("input_ids", "attention_mask", "token_type_ids")}
    if answers:
        batch["labels"] = (torch.rand(len(items), answers, generator=torch.Generator().manual_seed(0)) - 0.9).clamp(0) * 10
    save_file({key: value.contiguous() for key, value in batch.items()}, path)


def write_vqav2(out, answers, count=214354):
    rng = random.Random(0)
    weights = [1 / (i + 1) for i in range(len(answers))]
    starts = ["what is the", "is the", "how many", "what color is the", "where is the"]
    questions, records = [], []
    for n in range(count):
        drawn = rng.choices(answers, weights, k=rng.randint(1, 5))
        given = [rng.choice(drawn) for _ in range(10)]
        start = rng.choice(starts)
        questions.append({"image_id": n // 5, "question": f"{start.capitalize()} thing number {n}?", "question_id": n})
        records.append({"question_type": start, "multiple_choice_answer": max(given, key=given.count), "answers": [
            {"answer": a, "answer_confidence": rng.choice(["yes", "maybe", "no"]), "answer_id": i + 1} for i, a in enumerate(given)],
            "image_id": n // 5, "answer_type": "other", "question_id": n})
    (out / "questions.json").write_text(json.dumps({"data_type": "mscoco", "questions": questions}), encoding="utf-8")
    (out / "annotations.json").write_text(json.dumps({"data_type": "mscoco", "annotations": records}), encoding="utf-8")

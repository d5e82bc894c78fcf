"""Six steps of PyTorch's AdamW with the groups and the schedule of ViLT's fine-tuning, on the batches of ../training.

Run with the reference's Python (transformers 4.57, PyTorch 2.10): python make.py
The head learns ten times as fast, biases and layer norms do not decay, and the rate rises for two steps and falls to 0 along a line.
Rate and decay are larger than the authors', so that six steps show them.
"""
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import ViltForQuestionAnswering, get_linear_schedule_with_warmup

RATE, DECAY, STEPS, WARMUP = 1e-3, 0.5, 6, 2
here = Path(__file__).parent
model = ViltForQuestionAnswering.from_pretrained(here.parent / "training" / "checkpoint").train()
groups = {}
for name, weight in model.named_parameters():
    head, decays = name.startswith("classifier."), weight.dim() > 1
    key = (RATE * (10 if head else 1), DECAY if decays else 0.0)
    groups.setdefault(key, []).append(weight)

optimizer = torch.optim.AdamW([{"params": weights, "lr": rate, "weight_decay": decay} for (rate, decay), weights in groups.items()],
                              betas=(0.9, 0.98), eps=1e-8)
schedule = get_linear_schedule_with_warmup(optimizer, WARMUP, STEPS)
losses = []
for step in range(STEPS):
    optimizer.zero_grad()
    loss = model(**load_file(here.parent / "training" / f"batch{step % 2}.safetensors")).loss
    losses.append(loss.item())
    loss.backward()
    optimizer.step()
    schedule.step()

save_file({name: weight.detach().contiguous() for name, weight in model.named_parameters()}, here / "after.safetensors")
(here / "losses.json").write_text(json.dumps(losses) + "\n")

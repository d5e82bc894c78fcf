"""Opens a checkpoint with transformers, its processor too, and prints what it makes of a picture and a question."""
import json
import sys

import torch
from PIL import Image
from transformers import AutoImageProcessor, AutoTokenizer, ViltForQuestionAnswering, ViltProcessor

folder, picture, question = sys.argv[1:]
AutoTokenizer.from_pretrained(folder)
AutoImageProcessor.from_pretrained(folder)
model, loading = ViltForQuestionAnswering.from_pretrained(folder, output_loading_info=True)
inputs = ViltProcessor.from_pretrained(folder)(Image.open(picture).convert("RGB"), question, padding="max_length", return_tensors="pt")
with torch.no_grad():
    logits = model.eval()(**inputs).logits[0]
print(json.dumps({
    "logits": logits.tolist(), "input_ids": inputs["input_ids"][0].tolist(), "pixel_shape": list(inputs["pixel_values"].shape),
    "answers": [model.config.id2label[i] for i in range(len(logits))],
    "missing_keys": sorted(loading["missing_keys"]), "unexpected_keys": sorted(loading["unexpected_keys"]),
}))

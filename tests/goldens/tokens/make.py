"""Writes what transformers makes of this folder's texts and characters: characters.txt, texts.json, added/.
Run with transformers 4.57.6 and its tokenizers 0.22.2."""

import json, random, sys
from pathlib import Path
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from transformers import AddedToken, BertTokenizerFast

normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
splitter = BertPreTokenizer()
folder = Path(sys.argv[1])


def words(text):
    return [word for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(text))]


def rule(code):
    """What "a", the character and "b" become: the words, where the character's own offset stands for itself."""
    found = words(f"a{chr(code)}b")
    text = " ".join(found)
    middle = text[1:-1]
    if text[:1] != "a" or text[-1:] != "b":
        return "!" + text
    bare = middle.strip(" ")
    edges = middle.replace(bare, "_") if bare else middle.replace(" ", ".")
    if not bare:
        return edges or "-"
    if len(bare) == 1:
        return f"{edges.replace(' ', '.')}{ord(bare) - code:+d}"
    return f"{edges.replace(' ', '.')}={' '.join(f'{ord(c):X}' for c in bare)}"


lines, last = [], None
for code in [c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and not (0xAC00 <= c < 0xD7A4 and c % 97)]:  # few of the Hangul syllables
    made = rule(code)
    if last and last[2] == made and last[1] == code - 1:
        last[1] = code
    else:
        last = [code, code, made]
        lines.append(last)
(folder / "characters.txt").write_text("".join(f"{a:X}-{b:X} {made}\n" for a, b, made in lines), encoding="utf-8")

rare = [c for c in range(0x300, 0x20000) if not 0x3400 <= c < 0xA000 and not 0xAC00 <= c < 0xF900
        and rule(c) not in ("_+0", "-")] + [c for a, b in [(0x302E, 0x302F), (0x1D165, 0x1D172), (0x8D4, 0x8E1), (0x1E944, 0x1E94A), (0x1E000, 0x1E02A), (0x1B44, 0x1B44), (0x300, 0x36F), (0x900, 0x902)]
        for c in range(a, b + 1)] * 8
dice = random.Random(0)
texts = ["a" + "".join(chr(dice.choice(rare)) for _ in range(dice.randint(1, 6))) + "b" for _ in range(300)]
(folder / "texts.json").write_text(json.dumps([{"text": text, "words": words(text)} for text in texts]).replace("}, {", "},\n{") + "\n", encoding="utf-8")

WORDS = """[PAD] [UNK] [CLS] [SEP] [MASK] a ##a b s is the zebra ##cam zebras new york walk ##ing i n ##g cafe . ? < > [ ] obj ##s near box
l r no ##n ##ya new ##york cam ' don t 1 ##1 _ é""".split()
added = folder / "added"
added.mkdir(exist_ok=True)
(added / "vocab.txt").write_text("\n".join(dict.fromkeys(WORDS)) + "\n", encoding="utf-8")
tokenizer = BertTokenizerFast(vocab_file=str(added / "vocab.txt"), model_max_length=12, truncation_side="left")
tokenizer.add_tokens(["zebracam", "[OBJ]", "New York", "Café", AddedToken("ing", single_word=True), AddedToken("cam", normalized=False),
                      AddedToken("<l>", lstrip=True, normalized=False), AddedToken("<r>", rstrip=True, normalized=False),
                      AddedToken("<b>", lstrip=True, rstrip=True, single_word=True), "zebra"])
tokenizer.add_special_tokens({"additional_special_tokens": ["<region>", "<region><end>"]})
tokenizer.save_pretrained(added)
config = json.loads((added / "tokenizer_config.json").read_text())
(added / "tokenizer_config.json").write_text(json.dumps({**config, "processor_class": "ViltProcessor"}, indent=2) + "\n")
TEXTS = ["is the zebracam near the [OBJ] box?", "ZEBRACAM zebracams azebracam zebra zebras", "[obj] [Obj]", "new york New  York NEW YORK", "cafe CAFÉ café",
         "walking ing king Ing. _ing ing1 éing ing\u0301", "cam CAM camcam", "a <l> b  <l><l> a", "a <r>  b <r> <r>a", "a <b> b a<b> <b>b a  <b>  b",
         "<region> a<region>b <Region>", "<region><end> <region> <end>", "[MASK]a [mask] a[SEP]b", "", "  ", "<l>", "a b a b a b a b a b the box",
         "the <region> zebras . ? don ' t", "\u200bzebra\u200bcam zebra\u0301cam", "zebrac\u0327am"]
cases = []
for text in TEXTS:
    ids = tokenizer(text, padding="max_length", truncation=True).input_ids
    cases.append({"text": text, "input_ids": ids, "tokens": tokenizer.convert_ids_to_tokens(ids), "decoded": tokenizer.decode(ids),
                  "decoded_without_special": tokenizer.decode(ids, skip_special_tokens=True)})
(added / "cases.json").write_text(json.dumps(cases, indent=0) + "\n", encoding="utf-8")

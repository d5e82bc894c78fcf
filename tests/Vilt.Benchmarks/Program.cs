using System.CommandLine;
using BenchmarkDotNet.Running;
using Vilt.Benchmarks;

Option<string> checkpoint = new("--checkpoint") { Description = "Folder in Hugging Face's layout.", Required = true };
Option<string> inputs = new("--inputs") { Description = "A batch in safetensors, as python/peer.py make writes it.", Required = true };
Option<int> times = new("--times") { Description = "Repetitions.", DefaultValueFactory = _ => 5 };
Option<bool> bfloat16 = new("--bf16") { Description = "Compute in bfloat16." };
Option<string> data = new("--data") { Description = "A data set in VQAv2's format.", Required = true };
Option<string> finetuned = new("--finetuned") { Description = "Folder of a model that answers.", Required = true };
Option<string[]> images = new("--images") { Description = "Picture files.", AllowMultipleArgumentsPerToken = true, Required = true };
Option<string> file = new("--annotations") { Description = "A VQAv2 annotations file.", Required = true };
Option<string> questions = new("--questions") { Description = "A VQAv2 questions file.", Required = true };
Option<int> target = new("--target") { Description = "The answer to explain.", DefaultValueFactory = _ => 3 };
Option<int> steps = new("--steps") { Description = "Steps of the path.", DefaultValueFactory = _ => 30 };
Option<int> trainingSteps = new("--steps") { Description = "Training steps.", DefaultValueFactory = _ => 3500 };
Option<int?> chunk = new("--chunk") { Description = "Rows at a time; default: the library's choice." };
Option<int> count = new("--questions") { Description = "How many questions of the folder.", DefaultValueFactory = _ => 20 };
Option<string> method = new("--method") { Description = "The method, such as feature-ablation.", Required = true };
Option<string?> only = new("--only") { Description = "One method, such as feature-ablation; default: all." };
Option<double?> until = new("--until") { Description = "Take as many steps as this convergence delta needs, not a number of steps." };

RootCommand root = new("Times the library's work; each command prints one line of JSON, as does its peer in python/peer.py.")
{
    Of("load", "A model from its files.", [checkpoint, times],
        given => ModelWork.Load(given.GetRequiredValue(checkpoint), given.GetValue(times))),
    Of("infer", "The forward pass.", [checkpoint, inputs, bfloat16, times],
        given => ModelWork.Infer(given.GetRequiredValue(checkpoint), given.GetRequiredValue(inputs), given.GetValue(bfloat16), given.GetValue(times))),
    Of("train", "A training step: forward, backward, AdamW.", [checkpoint, inputs, bfloat16, times],
        given => ModelWork.Train(given.GetRequiredValue(checkpoint), given.GetRequiredValue(inputs), given.GetValue(bfloat16), given.GetValue(times))),
    Of("finetune", "The lesson's training of a small model.", [checkpoint, data, times],
        given => ModelWork.Finetune(given.GetRequiredValue(checkpoint), given.GetRequiredValue(data), given.GetValue(times))),
    Of("attribute", "Layer Integrated Gradients over pixels and words.", [checkpoint, inputs, bfloat16, target, steps, chunk, until, times],
        given => ModelWork.Attribute(
            given.GetRequiredValue(checkpoint), given.GetRequiredValue(inputs), given.GetValue(bfloat16), given.GetValue(target),
            given.GetValue(steps), given.GetValue(chunk), given.GetValue(until), given.GetValue(times))),
    Of("explain", "Another method of attribution, over pixels and words.", [checkpoint, inputs, method, target, chunk, times],
        given => MethodsWork.Explain(
            given.GetRequiredValue(checkpoint), given.GetRequiredValue(inputs), given.GetRequiredValue(method), given.GetValue(target),
            given.GetValue(chunk), given.GetValue(times))),
    Of("methods-long-run", "400 attributions by each method, or by one, of a small model, with live tensors and resident memory.", [finetuned, inputs, only],
        given => MethodsWork.LongRun(given.GetRequiredValue(finetuned), given.GetRequiredValue(inputs), given.GetValue(only))),
    Of("long-run", "Training steps and 200 attributions of small models, with live tensors and resident memory.", [checkpoint, data, finetuned, inputs, trainingSteps],
        given => LongRun.Run(given.GetRequiredValue(checkpoint), given.GetRequiredValue(data), given.GetRequiredValue(finetuned), given.GetRequiredValue(inputs), given.GetValue(trainingSteps))),
    Of("steps", "How many steps of attribution a convergence delta takes, adaptive and fixed.", [checkpoint, data, count],
        given => StepsWork.Run(given.GetRequiredValue(checkpoint), given.GetRequiredValue(data), given.GetValue(count))),
    Of("encode", "Pictures from disk to pixel values, one after the other.", [checkpoint, images, times],
        given => DataWork.Encode(given.GetRequiredValue(checkpoint), given.GetRequiredValue(images), given.GetValue(times))),
    Of("encode-batch", "The same on all cores.", [checkpoint, images, times],
        given => DataWork.EncodeBatch(given.GetRequiredValue(checkpoint), given.GetRequiredValue(images), given.GetValue(times))),
    Of("annotations", "Reading an annotations file.", [file, times],
        given => DataWork.Annotations(given.GetRequiredValue(file), given.GetValue(times))),
    Of("labels", "Soft labels of all annotations.", [checkpoint, file, times],
        given => DataWork.Labels(given.GetRequiredValue(checkpoint), given.GetRequiredValue(file), given.GetValue(times))),
    Of("tokenize", "100,000 questions to ids.", [checkpoint, questions, times],
        given => DataWork.Tokenize(given.GetRequiredValue(checkpoint), given.GetRequiredValue(questions), given.GetValue(times))),
};
Command parts = new("parts", "Small parts, by BenchmarkDotNet: parts --filter '*'") { TreatUnmatchedTokensAsErrors = false };
parts.SetAction(given => { BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. given.UnmatchedTokens]); });
root.Add(parts);
return root.Parse(args).Invoke();

static Command Of(string name, string description, Option[] options, Action<ParseResult> work)
{
    Command command = new(name, description);
    foreach (var option in options)
    {
        command.Add(option);
    }

    command.SetAction(work);
    return command;
}

using System.CommandLine;
using Spectre.Console;
using Vilt.Data;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt data info</c>: what is in a data set.</summary>
internal static class DataInfoCommand
{
    public static Command Create()
    {
        var folder = DataCommand.Folder();
        var command = new Command("info", "Shows what is in a data set: questions, answers and pictures of each split.") { folder };
        command.SetAction(parsed =>
        {
            foreach (var split in VqaFolder.Splits(parsed.GetRequiredValue(folder)))
            {
                AnsiConsole.Write(Describe(split));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Table Describe(VqaSplit split)
    {
        var questions = split.Questions();
        var table = new Table { Border = TableBorder.Simple }.AddColumns(new TableColumn(Markup.Escape(split.Name)), new TableColumn("").RightAligned());
        void Add(string what, object value) => table.AddRow(Markup.Escape(what), Markup.Escape($"{value:N0}"));
        Add("questions", questions.Count);
        AddPictures(split, questions.Select(question => question.ImageId).ToHashSet(), Add);
        AddAnnotations(split, Add);
        return table;
    }

    private static void AddPictures(VqaSplit split, HashSet<long> asked, Action<string, object> add)
    {
        var images = Directory.Exists(split.PicturesFolder) ? split.Images() : null;
        add("pictures asked about", asked.Count);
        add("pictures here", asked.Count(id => images?.Contains(id) == true));
        add("pictures that are not here", images?.FetchesPictures == true ? "fetched when asked for" : "missing");
    }

    private static void AddAnnotations(VqaSplit split, Action<string, object> add)
    {
        if (!File.Exists(split.AnnotationsFile))
        {
            add("annotations", "none");
            return;
        }

        var annotations = split.Annotations();
        add("annotations", annotations.Count);
        foreach (var (type, count) in annotations.CountBy(annotation => annotation.AnswerType).OrderByDescending(pair => pair.Value))
        {
            add($"answers of type {type}", count);
        }
    }
}

using Vilt.Scenes.Animals;
using Vilt.Scenes.Composition;
using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Questions;

/// <summary>
/// Asks about a scene. Answers are balanced within each text: yes as often as no, and every other answer drawn evenly by the plan.
/// </summary>
/// <param name="scene">What is asked about.</param>
/// <param name="visibleIds">Ids of the objects that can be seen at least in part.</param>
/// <param name="random">The picture's stream.</param>
internal sealed class QuestionWriter(Scene scene, IReadOnlySet<int> visibleIds, SeededRandom random)
{
    private ScenePlan Plan => scene.Plan;

    /// <summary>Three or four questions of different kinds. The first is one that only this sort of scene can answer.</summary>
    public IReadOnlyList<Question> Write()
    {
        List<ZooQuestionKind> rest = [.. CommonKinds()];
        List<ZooQuestionKind> own = [.. OwnKinds()];
        random.Shuffle(own);
        rest.AddRange(own.Skip(1));
        random.Shuffle(rest);
        return [.. own.Take(1).Concat(rest).Take(random.Between(3, 4)).Select(Ask)];
    }

    private IEnumerable<ZooQuestionKind> OwnKinds()
    {
        if (!Plan.CloseUp)
        {
            return [ZooQuestionKind.Count];
        }

        return Plan.Main.Animal.HasEars ? [ZooQuestionKind.EyeColor, ZooQuestionKind.Ears] : [ZooQuestionKind.EyeColor];
    }

    private IEnumerable<ZooQuestionKind> CommonKinds()
    {
        IEnumerable<ZooQuestionKind> kinds =
            [ZooQuestionKind.Color, ZooQuestionKind.Place, ZooQuestionKind.Presence, ZooQuestionKind.ColorCheck];
        if (Plan.Companion is null)
        {
            kinds = kinds.Append(ZooQuestionKind.Animal);
        }

        return Plan.Companion is null && Plan.Main.Count == 1 ? kinds.Append(ZooQuestionKind.Choice) : kinds;
    }

    private Question Ask(ZooQuestionKind kind) => kind switch
    {
        ZooQuestionKind.Animal => AskAnimal(),
        ZooQuestionKind.Color => AskColor(),
        ZooQuestionKind.EyeColor => AskEyeColor(),
        ZooQuestionKind.Choice => AskChoice(),
        ZooQuestionKind.Count => AskCount(),
        ZooQuestionKind.Ears => AskEars(),
        ZooQuestionKind.Place => AskPlace(),
        ZooQuestionKind.Presence => AskPresence(),
        ZooQuestionKind.ColorCheck => AskColorCheck(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of question."),
    };

    private Question AskAnimal() => New(ZooQuestionKind.Animal, Phrasing.Animal(),
        Plan.Main.Animal.Name, Plan.Main.Animal.OtherNames, IdsOf(Plan.Main));

    private Question AskColor()
    {
        var group = random.Pick([.. Plan.Groups]);
        var words = group.Look.Words;
        return New(ZooQuestionKind.Color, Phrasing.Color(group), words, OtherWords.ForColor(words), IdsOf(group));
    }

    private Question AskEyeColor() => New(ZooQuestionKind.EyeColor, Phrasing.EyeColor(Plan.Main.Animal.Name),
        Plan.Main.EyeColor, OtherWords.ForColor(Plan.Main.EyeColor), IdsOf(Plan.Main));

    private Question AskChoice()
    {
        Animal shown = Plan.Main.Animal, other = random.Pick(Absent());
        var (first, second) = random.Chance(0.5) ? (shown, other) : (other, shown);
        return New(ZooQuestionKind.Choice, Phrasing.Choice(first.NameWithArticle, second.NameWithArticle),
            shown.Name, [other.Name], IdsOf(Plan.Main));
    }

    private Question AskCount() => New(ZooQuestionKind.Count, Phrasing.Count(Plan.Main.Animal.Plural),
        Plan.Main.Count.ToString(), OtherWords.ForCount(Plan.Main.Count, 1, OtherWords.MostCounted), IdsOf(Plan.Main));

    private Question AskEars() => New(ZooQuestionKind.Ears, Phrasing.Ears(Plan.Main.Animal.Name),
        Plan.Main.Ears.ToString(), OtherWords.ForCount(Plan.Main.Ears, 0, 2), IdsOf(Plan.Main));

    private Question AskPlace() => New(ZooQuestionKind.Place, Phrasing.Place(Plan.Main),
        Plan.Place.Name, [.. Plan.Place.OtherNames, AnswerList.Outside], Ids(o => o.Kind == ZooObjectKind.Place));

    private Question AskPresence()
    {
        var truth = random.Chance(0.5);
        var group = random.Pick([.. Plan.Groups]);
        var asked = truth ? group.Animal : random.Pick(Absent());
        // All the animals that are there decide that it is not.
        var ids = truth ? IdsOf(group) : Ids(o => o.Kind == ZooObjectKind.Animal);
        return New(ZooQuestionKind.Presence, Phrasing.Presence(asked.NameWithArticle), truth ? "yes" : "no",
            OtherWords.ForYesNo(truth), ids);
    }

    private Question AskColorCheck()
    {
        var truth = random.Chance(0.5);
        var group = random.Pick([.. Plan.Groups]);
        var asked = truth ? group.Look : random.Pick([.. group.Animal.Looks.Where(look => look != group.Look)]);
        return New(ZooQuestionKind.ColorCheck, Phrasing.ColorCheck(group, asked.Words), truth ? "yes" : "no",
            OtherWords.ForYesNo(truth), IdsOf(group));
    }

    private List<Animal> Absent() => [.. Menagerie.All.Where(animal => Plan.Groups.All(group => group.Animal != animal))];

    private IReadOnlyList<int> IdsOf(AnimalGroup group) => Ids(o => o.Kind == ZooObjectKind.Animal && o.Name == group.Animal.Name);

    private IReadOnlyList<int> Ids(Func<SceneObject, bool> decides) =>
        [.. Enumerable.Range(1, scene.Objects.Count).Where(id => decides(scene.Objects[id - 1]) && visibleIds.Contains(id))];

    private Question New(
        ZooQuestionKind kind, IReadOnlyList<string> ways, string truth, IReadOnlyList<string> others, IReadOnlyList<int> ids) =>
        new(kind, Phrasing.Pick(ways, random), truth, others, ids);
}

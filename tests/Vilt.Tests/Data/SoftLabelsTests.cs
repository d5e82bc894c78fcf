using Vilt.Data;

namespace Vilt.Tests.Data;

public class SoftLabelsTests
{
    [Fact]
    public void Equal_the_tutorials_labels_and_scores()
    {
        var cases = Goldens.Json("data", "cases.json");
        var vocabulary = new AnswerVocabulary([.. cases["answers"]!.AsArray().Select(answer => (string)answer!)]);
        var annotations = VqaAnnotationFile
            .Read(Directory.GetFiles(Goldens.PathOf("data"), "*annotations.json").Single()).Annotations.ToDictionary(a => a.QuestionId);
        foreach (var expected in cases["soft_labels"]!.AsArray())
        {
            var labels = SoftLabels.From(annotations[(long)expected!["question_id"]!], vocabulary);
            Assert.Equal(expected["labels"]!.AsArray().Select(label => (int)label!), labels.Labels);
            Assert.Equal(expected["scores"]!.AsArray().Select(score => (double)score!), labels.Scores);
        }
    }

    [Fact]
    public void Become_a_target_vector_with_zeros_elsewhere()
    {
        var labels = new SoftLabels([3, 1], [1, 1 / 3d]);
        Assert.Equal([0, 1 / 3f, 0, 1, 0], labels.ToTargets(5));
    }

    [Fact]
    public void Name_an_answer_index_outside_the_head()
    {
        var labels = new SoftLabels([1, 4], [1, 1]);
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => labels.ToTargets(4)).Message;
        Assert.Contains("Answer index 4 is outside the head of 4 answers", message);
    }
}

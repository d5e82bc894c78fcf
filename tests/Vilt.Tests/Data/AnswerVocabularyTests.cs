using Vilt.Data;

namespace Vilt.Tests.Data;

public class AnswerVocabularyTests
{
    [Fact]
    public void Reads_the_answers_of_a_configuration_by_file_or_folder()
    {
        var folder = Goldens.PathOf("training", "checkpoint");
        var labels = Goldens.Json("training", "checkpoint", "config.json")["id2label"]!.AsObject();
        foreach (var path in new[] { folder, Path.Combine(folder, "config.json") })
        {
            var vocabulary = AnswerVocabulary.FromConfig(path);
            Assert.Equal(labels.Count, vocabulary.Count);
            foreach (var (id, answer) in labels)
            {
                Assert.Equal((string)answer!, vocabulary[int.Parse(id)]);
                Assert.Equal(int.Parse(id), vocabulary.IdOf((string)answer!));
            }
        }
    }

    [Fact]
    public void Puts_answers_in_the_order_of_their_ids()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", """{"id2label": {"2": "c", "0": "a", "1": "b"}}""");
        Assert.Equal(["a", "b", "c"], AnswerVocabulary.FromConfig(folder.Path).Answers);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "missing")]
    [InlineData("{}", "missing; expected an object")]
    [InlineData("""{"id2label": {}}""", "no answer")]
    [InlineData("""{"id2label": [1]}""", "id2label")]
    [InlineData("""{"id2label": {"0": 1}}""", "id2label")]
    [InlineData("""{"id2label": {"0": null}}""", "no answer with id 0")]
    [InlineData("""{"id2label": {"0": "a", "2": "b"}}""", "no answer with id 1")]
    [InlineData("""{"id2label": {"0": "a", "1": "a"}}""", "\"a\" is answer 0 and answer 1")]
    public void Names_file_and_field_of_a_bad_configuration(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config.json", content);
        var message = Assert.Throws<InvalidDataException>(() => AnswerVocabulary.FromConfig(folder.Path)).Message;
        Assert.StartsWith($"{path}: id2label: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Names_what_it_does_not_hold()
    {
        var vocabulary = new AnswerVocabulary(["yes", "no"]);
        Assert.False(vocabulary.TryIdOf("maybe", out _));
        Assert.Contains("\"maybe\"", Assert.Throws<KeyNotFoundException>(() => vocabulary.IdOf("maybe")).Message);
        Assert.Contains("Answer index 2", Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary[2]).Message);
        Assert.Contains("Answer index -1", Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary[-1]).Message);
        Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => AnswerVocabulary.FromConfig("nowhere")).Message);
    }
}

using Vilt.Training;

namespace Vilt.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0)] // transformers' schedules start at 0 too
    [InlineData(5, 0.1)]
    [InlineData(10, 0.2)]
    [InlineData(35, 0.2 * 0.8535533905932737)] // (1 + cos π/4) / 2
    [InlineData(60, 0.1)]
    [InlineData(110, 0)]
    public void Rises_along_a_line_and_falls_along_half_a_cosine(int step, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule(0.2, WarmupSteps: 10, LearningRateDecay.Cosine, Steps: 110).At(step), 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Stays_where_nothing_else_is_asked_for(int step) =>
        Assert.Equal(5e-5, new LearningRateSchedule(5e-5, WarmupSteps: 0, LearningRateDecay.None, Steps: 10).At(step));

    [Fact]
    public void Is_a_number_where_the_warm_up_takes_the_whole_run() =>
        Assert.All(Enumerable.Range(0, 12), step => Assert.True(double.IsFinite(new LearningRateSchedule(1, 10, LearningRateDecay.Cosine, 10).At(step))));
}

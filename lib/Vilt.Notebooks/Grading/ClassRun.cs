using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Grading;

/// <summary>
/// Grades all submissions, several at a time. Each grade is kept as soon as it is known, so that a stopped run can be continued.
/// </summary>
/// <param name="course">The course's notebooks.</param>
/// <param name="folder">The folder that all results go to.</param>
/// <param name="settings">What else the grades depend on, as text.</param>
/// <param name="run">Grades one.</param>
internal sealed class ClassRun(IReadOnlyList<CourseNotebook> course, string folder, string settings, StudentRun run)
{
    private readonly Lock gate = new();
    private int done;

    /// <summary>How many a machine can grade at a time: each may take a core and a sandbox's memory.</summary>
    public static int Parallelism() => (int)Math.Clamp(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Sandbox.Memory, 1, Environment.ProcessorCount);

    /// <summary>Grades the submissions.</summary>
    /// <param name="submissions">The submissions.</param>
    /// <param name="parallelism">How many at a time.</param>
    /// <param name="cancellation">Cancels it; the grades that are done are kept.</param>
    /// <returns>The grades, in the submissions' order.</returns>
    public async Task<IReadOnlyList<StudentGrade>> GradeAsync(
        IReadOnlyList<Submission> submissions, int parallelism, CancellationToken cancellation)
    {
        // libtorch takes all cores unless it is told otherwise.
        Environment.SetEnvironmentVariable("OMP_NUM_THREADS", $"{Math.Max(1, Environment.ProcessorCount / parallelism)}");
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        return await CountedWork.RunAsync(submissions.Count, report =>
        {
            var grades = new StudentGrade[submissions.Count];
            Parallel.ForAsync(0, submissions.Count, options, async (i, stop) =>
            {
                grades[i] = await GradeOneAsync(submissions[i], stop);
                Report(grades[i], submissions.Count, report);
            }).GetAwaiter().GetResult();
            return grades;
        }, cancellation);
    }

    private async Task<StudentGrade> GradeOneAsync(Submission submission, CancellationToken cancellation)
    {
        var file = Path.Combine(StudentRun.ResultFolder(folder, submission.Student), "grade.json");
        var fingerprint = StudentGrade.FingerprintOf(submission.Files, settings);
        if (StudentGrade.Read(file) is { } kept && kept.Fingerprint == fingerprint)
        {
            return kept;
        }

        var grade = await run.GradeAsync(submission, fingerprint, cancellation);
        StudentGrade.Write(file, grade);
        return grade;
    }

    private void Report(StudentGrade grade, int total, CountedWork.Report report)
    {
        lock (gate)
        {
            done++;
            var most = course.SelectMany(notebook => notebook.Questions).Sum(question => question.Points);
            var points = GradeTable.Number(grade.Scores.Sum(score => score.Points ?? 0));
            report(done, $"{done}/{total} students; {grade.Student}: {points} of {GradeTable.Number(most)} points");
        }
    }
}

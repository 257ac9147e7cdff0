namespace Moat.Knowledge;

/// <summary>What must hold of a course, so that its questions can be drawn and answered.</summary>
internal static class CourseCheck
{
    private const int FewestQuestions = 12;
    private const int FewestAsked = 6;

    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge, CourseEntry course)
    {
        var file = $"courses/{course.Id}.md";
        ContentCheck.Known(
            file,
            course.Audience.Where(a => a != "everyone" && !a.StartsWith("department:", StringComparison.Ordinal)),
            knowledge.RoleById.ContainsKey,
            "role"
        );
        ContentCheck.Known(file, course.Clauses, c => knowledge.Clauses.Any(k => k.Id == c), "clause");
        ContentCheck.Known(file, course.Controls, knowledge.ControlById.ContainsKey, "control");
        if (course.Questions.Count < FewestQuestions)
            throw new ContentError(file, 1, $"The bank needs at least {FewestQuestions} questions.");
        if (course.Asked < FewestAsked || course.Asked > course.Questions.Count)
            throw new ContentError(file, 1, $"asked is between {FewestAsked} and the size of the bank.");
        if (course.Lessons.Count < 2)
            throw new ContentError(file, 1, "There are fewer than two lessons.");
        if (
            course.Questions.FirstOrDefault(q => q.Options.Count < 3 || q.Answer < 1 || q.Answer > q.Options.Count) is
            { } wrong
        )
            throw new ContentError(
                file,
                1,
                $"Question '{wrong.Id}' needs three options or more and the number of the right one."
            );
        if (course.Questions.Select(q => q.Id).Distinct().Count() < course.Questions.Count)
            throw new ContentError(file, 1, "Two questions have the same id.");
    }
}

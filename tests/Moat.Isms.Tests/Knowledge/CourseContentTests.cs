using System.Text.RegularExpressions;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Courses: those that the controls ask a record of exist, and nothing in them is a number without a source.
/// </summary>
public sealed partial class CourseContentTests
{
    [Fact]
    public void Annotators_and_whoever_deals_with_law_have_a_course()
    {
        var courses = KnowledgeBase.Shipped.CourseById;
        Assert.Contains("A.6.3", courses["annotators"].Controls);
        Assert.Contains("department:labelling", courses["annotators"].Audience);
        Assert.Contains("privacy-lead", courses["legal-and-privacy"].Audience);
        Assert.Contains("A.5.31", courses["legal-and-privacy"].Controls);
    }

    [Fact]
    public void The_right_answers_do_not_stand_in_one_place()
    {
        foreach (var course in KnowledgeBase.Shipped.Courses)
            Assert.All(
                course.Questions.GroupBy(q => q.Answer),
                g =>
                    Assert.True(
                        g.Count() <= course.Questions.Count / 2,
                        $"{course.Id}: {g.Count()} answers are number {g.Key}."
                    )
            );
    }

    [Fact]
    public void No_sentence_says_how_many_companies_or_people_do_something_without_saying_where_that_is_known_from()
    {
        var found = KnowledgeBase.Shipped.Courses.SelectMany(c =>
            Share().Matches(c.Body).Select(m => $"{c.Id}: {m.Value}")
        );
        Assert.Empty(found);
    }

    [Fact]
    public void Article_4_is_told_as_a_duty_of_effort()
    {
        var course = KnowledgeBase.Shipped.CourseById["executives"];
        Assert.DoesNotContain("sufficient", course.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("measures that support the AI literacy", course.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"\b(half|most|a third|a quarter|nine|eight|seven|six|five|four|three|two) (in|of) (ten|all|the companies|companies|people)\b|\bhalf the companies\b|\bin most companies\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Share();
}

using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>Grades follow from where evidence comes from, and one piece is one kind.</summary>
public sealed class EvidenceGradeTests
{
    [Theory]
    [InlineData(EvidenceKind.Note, EvidenceOrigin.Person, 5000, EvidenceGrade.Note)]
    [InlineData(EvidenceKind.Link, EvidenceOrigin.Pipeline, 5000, EvidenceGrade.Note)]
    [InlineData(EvidenceKind.Attestation, EvidenceOrigin.Person, 5000, EvidenceGrade.Note)]
    [InlineData(EvidenceKind.Attestation, EvidenceOrigin.ConfirmedPerson, 5, EvidenceGrade.Attestation)]
    [InlineData(EvidenceKind.File, EvidenceOrigin.Person, 39, EvidenceGrade.Note)]
    [InlineData(EvidenceKind.File, EvidenceOrigin.Person, 40, EvidenceGrade.Record)]
    [InlineData(EvidenceKind.File, EvidenceOrigin.Program, 5000, EvidenceGrade.Record)]
    [InlineData(EvidenceKind.File, EvidenceOrigin.Unknown, 5000, EvidenceGrade.Record)]
    [InlineData(EvidenceKind.File, EvidenceOrigin.Pipeline, 5000, EvidenceGrade.Collected)]
    [InlineData(EvidenceKind.File, EvidenceOrigin.Moat, 5000, EvidenceGrade.Collected)]
    [InlineData(EvidenceKind.Fact, EvidenceOrigin.Moat, 5000, EvidenceGrade.Collected)]
    [InlineData(EvidenceKind.Record, EvidenceOrigin.Person, 60, EvidenceGrade.Record)]
    public void Each_kind_and_origin_has_one_grade_and_a_sentence_why(
        EvidenceKind kind,
        EvidenceOrigin origin,
        int size,
        EvidenceGrade grade
    )
    {
        Assert.Equal(grade, EvidenceGrading.Of(kind, origin, size));
        Assert.EndsWith(".", EvidenceGrading.Why(kind, origin, size), StringComparison.Ordinal);
    }

    [Fact]
    public void A_piece_counts_for_the_kind_it_was_given_as_or_the_first_that_its_form_fits()
    {
        var hints = new[] { Hint("fact"), Hint("file"), Hint("record"), Hint("attestation") };
        Assert.Equal(2, EvidenceFit.PositionIn(hints, EvidenceKind.File, EvidenceOrigin.Person, null));
        Assert.Equal(3, EvidenceFit.PositionIn(hints, EvidenceKind.File, EvidenceOrigin.Person, EvidenceForm.Record));
        Assert.Equal(1, EvidenceFit.PositionIn(hints, EvidenceKind.File, EvidenceOrigin.Pipeline, null));
        Assert.Equal(4, EvidenceFit.PositionIn(hints, EvidenceKind.Attestation, EvidenceOrigin.ConfirmedPerson, null));
        Assert.Equal(0, EvidenceFit.PositionIn([Hint("fact")], EvidenceKind.File, EvidenceOrigin.Person, null));
        Assert.Equal(0, EvidenceFit.PositionIn([Hint("attestation")], EvidenceKind.File, EvidenceOrigin.Person, null));
        Assert.Equal(
            0,
            EvidenceFit.PositionIn([Hint("fact")], EvidenceKind.Attestation, EvidenceOrigin.ConfirmedPerson, null)
        );
    }

    private static EvidenceHint Hint(string kind) =>
        new()
        {
            Kind = kind,
            What = kind,
            MaxAge = "92d",
        };
}

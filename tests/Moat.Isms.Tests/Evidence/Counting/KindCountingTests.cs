using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Counting observations for one kind of evidence: recent enough today, and since when without a gap.
/// </summary>
public sealed class KindCountingTests
{
    private static readonly DateOnly Today = new(2026, 11, 1);

    [Fact]
    public void A_note_a_link_or_a_hollow_record_never_makes_a_kind_there()
    {
        Assert.Equal(KindState.Missing, Of(92, Piece(10, EvidenceGrade.Note)).State);
        var hollow = Of(92, Piece(10) with { Lacking = "lasted 0 minutes" });
        Assert.Equal((KindState.Missing, "EVD-1 lasted 0 minutes"), (hollow.State, hollow.Note));
    }

    [Fact]
    public void What_is_older_than_its_cadence_is_stale_whatever_validity_was_asked_for()
    {
        var old = Piece(93) with { Until = Today.AddDays(600) };
        Assert.Equal(KindState.Stale, Of(92, old).State);
        Assert.Equal(KindState.There, Of(92, Piece(92) with { Until = Today.AddDays(600) }).State);
        Assert.Equal(KindState.Stale, Of(92, Piece(20) with { Until = Today.AddDays(-1) }).State);
    }

    [Fact]
    public void What_is_entered_in_one_sitting_covers_one_point_however_far_back_it_reaches()
    {
        var sitting = Enumerable.Range(0, 12).Select(i => Piece(30 * i, entered: 0)).ToArray();
        var kind = Of(31, sitting);
        Assert.Equal((KindState.There, 0, false), (kind.State, kind.ObservedDays(Today), kind.OverTime(Today)));
        Assert.Equal(Today.AddDays(90), kind.HoldsOn);
    }

    [Fact]
    public void Monthly_pieces_that_came_month_by_month_are_observed_since_the_first()
    {
        var kind = Of(31, [.. Enumerable.Range(0, 5).Select(i => Piece(30 * i, entered: 30 * i))]);
        Assert.Equal((120, 90, true), (kind.ObservedDays(Today), kind.RequiredDays, kind.OverTime(Today)));
    }

    [Fact]
    public void A_gap_of_more_than_a_cadence_and_a_half_begins_the_stretch_anew()
    {
        var kind = Of(
            31,
            Piece(0, entered: 0),
            Piece(30, entered: 30),
            Piece(80, entered: 80),
            Piece(110, entered: 110)
        );
        Assert.Equal(30, kind.ObservedDays(Today));
    }

    [Theory]
    [InlineData(7, 90)]
    [InlineData(31, 90)]
    [InlineData(92, 184)]
    [InlineData(365, 730)]
    public void A_kind_must_be_observed_for_ninety_days_or_two_cadences(int cadence, int days) =>
        Assert.Equal(days, KindCounting.RequiredDays(cadence));

    [Fact]
    public void What_checks_watch_is_there_since_something_passed()
    {
        var kind = KindCounting.Of(
            1,
            Hint(7),
            [],
            new WatchedStretch(Today.AddDays(-89), 3, ["Branches are protected"]),
            Today
        );
        Assert.Equal(
            (KindState.There, EvidenceGrade.Collected, 89, false),
            (kind.State, kind.Grade, kind.ObservedDays(Today), kind.OverTime(Today))
        );
        Assert.True(kind.OverTime(Today.AddDays(1)));
        Assert.Equal(KindState.Missing, KindCounting.Of(1, Hint(7), [], new WatchedStretch(Today, 0, []), Today).State);
    }

    [Fact]
    public void A_piece_that_claims_more_than_ten_controls_says_so() =>
        Assert.Equal("EVD-1 claims to show 11 controls at once", Of(92, Piece(0) with { Claims = 11 }).Note);

    [Fact]
    public void One_sitting_never_holds_over_time_and_a_stretch_is_never_longer_than_its_first_point()
    {
        var pieces = Gen.Choose(0, 400)
            .SelectMany(on => Gen.Choose(0, on).Select(entered => Piece(on, entered: entered)))
            .ListOf();
        Prop.ForAll(
                pieces.ToArbitrary(),
                Gen.Elements(7, 31, 92, 365).ToArbitrary(),
                (list, cadence) =>
                {
                    var kind = Of(cadence, [.. list]);
                    var sameDay = Of(cadence, [.. list.Select(p => p with { EnteredAt = At(0) })]);
                    return !sameDay.OverTime(Today)
                        && (
                            list.Count == 0
                            || kind.ObservedDays(Today) <= list.Max(p => Today.DayNumber - p.On.DayNumber)
                        )
                        && kind.State
                            == (
                                list.Any(p => p.On.AddDays(cadence) >= Today) ? KindState.There
                                : list.Count > 0 ? KindState.Stale
                                : KindState.Missing
                            );
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static KindStanding Of(int cadence, params Observation[] observations) =>
        KindCounting.Of(1, Hint(cadence), observations, null, Today);

    private static EvidenceHint Hint(int cadence) =>
        new()
        {
            Kind = "record",
            What = "a record",
            MaxAge = $"{cadence}d",
        };

    private static Observation Piece(int daysAgo, EvidenceGrade grade = EvidenceGrade.Record, int entered = 0) =>
        new("EVD-1", "A record", grade, Today.AddDays(-daysAgo), At(entered));

    private static DateTime At(int daysAgo) => Today.AddDays(-daysAgo).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
}

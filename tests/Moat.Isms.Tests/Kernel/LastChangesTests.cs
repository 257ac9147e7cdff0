using System.Collections.Frozen;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;

namespace Moat.Tests.Kernel;

/// <summary>When each kind of record changed last, whoever wrote it and in whatever order that was told.</summary>
public sealed class LastChangesTests
{
    private readonly LastChanges _changes = new();

    [Fact]
    public void What_is_seen_first_is_new_as_a_whole()
    {
        Assert.Null(_changes.Missing(10));
        Assert.False(Holds("Risk", 9, 10));
        Assert.True(Holds("Risk", 10, 10));
    }

    [Fact]
    public void Entries_that_were_told_the_other_way_round_are_told_apart()
    {
        _changes.Missing(10);
        _changes.Wrote(12, 1, ["Asset"]);
        // The eleventh is not told yet, so nobody knows what it changed.
        Assert.Equal(10, _changes.Missing(12));
        Assert.False(Holds("Risk", 10, 12));
        _changes.Wrote(11, 1, ["Task"]);
        Assert.Null(_changes.Missing(12));
        Assert.True(Holds("Risk", 10, 12));
        Assert.False(Holds("Asset", 10, 12));
        Assert.False(Holds("Task", 10, 12));
        Assert.True(Holds("Task", 11, 12));
    }

    [Fact]
    public void Entries_that_a_reader_caught_up_with_may_be_told_again()
    {
        _changes.Missing(10);
        _changes.Wrote(13, 3, ["Asset"]);
        _changes.Wrote(12, 1, ["Task"]);
        _changes.Wrote(13, 1, ["Asset"]);
        Assert.Null(_changes.Missing(13));
        Assert.True(Holds("Risk", 10, 13));
        Assert.False(Holds("Task", 11, 13));
    }

    [Fact]
    public void Behind_too_much_everything_changed()
    {
        _changes.Missing(10);
        Assert.Equal(10, _changes.Missing(10 + LastChanges.MostCaughtUp));
        Assert.Null(_changes.Missing(11 + LastChanges.MostCaughtUp));
        Assert.False(Holds("Risk", 10, 11 + LastChanges.MostCaughtUp));
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""[{"kind":"Risk","id":"x"}]""", true)]
    [InlineData("""[{"id":"x"}]""", false)]
    [InlineData("""[3]""", false)]
    [InlineData("""{"kind":"Risk"}""", false)]
    [InlineData("""[{"kind":3}]""", false)]
    [InlineData("""[{"kind":"Risk" """, false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void An_entry_that_was_spoiled_tells_nothing(string changes, bool told) =>
        Assert.Equal(told, WrittenEntries.Of(4, [new JournalledChanges("risks.edit", changes)]) is not null);

    [Fact]
    public void What_an_entry_tells_is_what_its_writer_told()
    {
        var written = WrittenEntries.Of(
            4,
            [new JournalledChanges("risks.edit", """[{"kind":"Risk"},{"kind":"Link"}]""")]
        )!;
        Assert.Equal(["Risk", "Link", "act risks.edit", "process risks"], written.Sources);
        Assert.Equal((4, 1), (written.Size, written.Entries));
    }

    private bool Holds(string kind, long computedAt, long seen) =>
        _changes.Hold(new WhatWasRead(FrozenSet.Create(kind), Everything: false, Ages: false), computedAt, seen);
}

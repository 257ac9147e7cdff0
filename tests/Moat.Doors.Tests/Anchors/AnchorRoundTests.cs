using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Hosting.Anchors;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>
/// When checkpoints go out, what is tried again, and what is said of it; the place is a folder, on both databases.
/// </summary>
public sealed class AnchorRoundTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Databases => [.. Company.Databases];

    private AnchorOptions Folder => new() { Folders = [_folder.Of("drive")] };

    private string[] Files =>
        [.. Directory.GetFiles(_folder.Of("drive"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Databases))]
    public async Task A_checkpoint_goes_out_each_day_on_which_something_was_entered(string database)
    {
        Directory.CreateDirectory(_folder.Of("drive"));
        await using var acme = await AnchoredCompany.Of(database, Folder);
        var first = await acme.Checkpoint();
        await acme.Send();
        Assert.Equal(_folder.Of($"drive/acme/2026-03-02-{first.Size}.checkpoint"), Assert.Single(Files));
        Assert.Equal(first.Checkpoint, await File.ReadAllTextAsync(Files[0]));
        var status = await acme.Status();
        Assert.Equal((AnchorStanding.Held, first.Size), (status.Standing, status.HeldSize));
        var since = $"Since 2 March 2026 09:00 UTC nothing up to entry {first.Size - 1} can be changed unseen ";
        Assert.Equal(
            [
                since + $"by anyone who cannot also change the folder {_folder.Of("drive")}.",
                "The one entry since then, Moat's own note of the anchor, could still be rewritten by whoever runs this server.",
            ],
            status.Says
        );
        Assert.Equal(1, status.Entries - status.HeldSize);

        // What tells of sending is no news, so nothing goes out on a day without other entries, nor twice on one day.
        acme.Company.Clock.Advance(TimeSpan.FromDays(1));
        await acme.Send();
        await acme.Enter("Weights");
        await acme.Send();
        await acme.Enter("Notebook");
        await acme.Send();
        Assert.Equal(2, Files.Length);
        Assert.StartsWith(
            "The 2 entries since then, among them Moat's own note of an anchor, could still",
            (await acme.Status()).Says[1],
            StringComparison.Ordinal
        );
        await acme.NextDay("Prompts");
        Assert.Equal(3, Files.Length);
        Assert.All(await acme.Anchors(), a => Assert.Equal("a new day", a.Because));
        Assert.All(Files, f => Assert.True(acme.Since(File.ReadAllText(f)).Result.Holds));
        await acme.MustVerify();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_pack_and_a_held_review_have_their_checkpoint_sent_at_once(string database)
    {
        Directory.CreateDirectory(_folder.Of("drive"));
        await using var acme = await AnchoredCompany.Of(database, Folder);
        await acme.Send();
        await acme.Enter("Weights");
        var pack = await acme.Company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing());
        await acme.Send();
        Assert.Equal(["pack.make", "a new day"], (await acme.Anchors()).Select(a => a.Because));
        var (note, _) = PackHistory.Checkpoint(new MemoryStream(pack.Content), "pack");
        Assert.Equal(note, await File.ReadAllTextAsync(Files[^1]));
        // The pack after it carries what the places said before.
        var later = await acme.Company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing());
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(later.Content));
        Assert.Equal(
            2,
            archive.Entries.Count(e =>
                e.FullName.StartsWith("journal/anchors/", StringComparison.Ordinal)
                && e.FullName.EndsWith(".checkpoint", StringComparison.Ordinal)
            )
        );
        Assert.True((await PackVerifier.Verify(new MemoryStream(later.Content), CancellationToken.None)).Holds);
        Assert.Contains("soa.publish", AnchorOccasions.InJournal);
        Assert.All(
            AnchorOccasions.InJournal.Append(AnchorOccasions.Pack),
            o => Assert.NotNull(acme.Company.Catalog.Find(o))
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_place_that_is_away_is_tried_ever_later_and_hinders_nothing(string database)
    {
        await using var acme = await AnchoredCompany.Of(database, Folder);
        var entries = (await acme.Checkpoint()).Size;
        var pauses = new List<TimeSpan>();
        for (var attempt = 0; attempt < 7; attempt++)
        {
            await acme.Send();
            await acme.Send();
            var place = Assert.Single((await acme.Status()).Places);
            Assert.Equal(attempt + 1, place.Attempts);
            Assert.Contains("Is its drive there?", place.Problem, StringComparison.Ordinal);
            pauses.Add(place.NextAt!.Value - acme.Company.Clock.GetUtcNow().UtcDateTime);
            acme.Company.Clock.Advance(pauses[^1]);
        }
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromHours(3), pauses[^1]);
        Assert.Equal(entries, (await acme.Checkpoint()).Size);
        Assert.Equal(AnchorStanding.Nowhere, (await acme.Status()).Standing);
        Assert.StartsWith(
            "No place outside has confirmed a checkpoint",
            (await acme.Status()).Says[0],
            StringComparison.Ordinal
        );
        Assert.NotEmpty((await acme.Company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content);

        Directory.CreateDirectory(_folder.Of("drive"));
        await acme.Send();
        Assert.Equal(AnchorStanding.Held, (await acme.Status()).Standing);
        Directory.Move(_folder.Of("drive"), _folder.Of("away"));
        await acme.NextDay("Weights");
        acme.Company.Clock.Advance(TimeSpan.FromHours(27));
        var late = await acme.Status();
        Assert.Equal(AnchorStanding.Late, late.Standing);
        Assert.Equal(1, late.Places[0].Attempts);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_restored_older_state_and_a_second_history_are_contradicted_by_what_lies_there_and_nothing_is_overwritten(
        string database
    )
    {
        Directory.CreateDirectory(_folder.Of("drive"));
        await using var acme = await AnchoredCompany.Of(database, Folder);
        await using var restored = await AnchoredCompany.Of(database, Folder);
        await acme.Enter("Weights");
        await acme.Enter("Prompts");
        await acme.Send();
        var before = await File.ReadAllTextAsync(Assert.Single(Files));

        await restored.Send();
        var status = await restored.Status();
        Assert.Equal(AnchorStanding.Contradicted, status.Standing);
        Assert.Contains(status.Says, s => s.Contains("it was rolled back", StringComparison.Ordinal));
        foreach (var name in new[] { "One", "Two", "Three" })
            await restored.Enter(name);
        restored.Company.Clock.Advance(TimeSpan.FromHours(4));
        await restored.Send();
        restored.Company.Clock.Advance(TimeSpan.FromHours(4));
        await restored.Send();
        Assert.Contains((await restored.Status()).Says, s => s.Contains("it was rewritten", StringComparison.Ordinal));
        Assert.Equal(2, (await restored.Anchors()).Count(a => a.Contradicts));
        Assert.Equal(before, await File.ReadAllTextAsync(Assert.Single(Files)));
        await restored.MustVerify();
    }

    [Fact]
    public async Task What_somebody_else_laid_into_the_folder_is_said_and_contradicts_nothing()
    {
        Directory.CreateDirectory(_folder.Of("drive/acme"));
        await using var acme = await AnchoredCompany.Of("sqlite", Folder);
        await File.WriteAllTextAsync(_folder.Of("drive/acme/2026-03-02-900.checkpoint"), "nonsense");
        await acme.Send();
        Assert.Contains("is no checkpoint", (await acme.Status()).Places[0].Problem, StringComparison.Ordinal);
        var stranger = new NoteSigner(new SeedKey("moat/stranger", SeedKey.NewSeed()));
        await File.WriteAllTextAsync(
            _folder.Of("drive/acme/2026-03-02-900.checkpoint"),
            stranger.Sign(new Checkpoint("moat/stranger", 900, MerkleTree.EmptyRoot).ToText())
        );
        await Again(acme);
        Assert.Contains("is of another journal", (await acme.Status()).Places[0].Problem, StringComparison.Ordinal);
        var origin = Checkpoint.Parse(SignedNote.TextOf((await acme.Checkpoint()).Checkpoint))!.Origin;
        await File.WriteAllTextAsync(
            _folder.Of("drive/acme/2026-03-02-900.checkpoint"),
            stranger.Sign(new Checkpoint(origin, 900, MerkleTree.EmptyRoot).ToText())
        );
        await Again(acme);
        Assert.Contains("somebody else wrote it", (await acme.Status()).Places[0].Problem, StringComparison.Ordinal);
        Assert.Empty(await acme.Anchors());
        File.Delete(_folder.Of("drive/acme/2026-03-02-900.checkpoint"));
        await Again(acme);
        Assert.Equal(AnchorStanding.Held, (await acme.Status()).Standing);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_a_place_it_is_said_that_all_could_be_rewritten_and_nothing_is_written(string database)
    {
        await using var acme = await AnchoredCompany.Of(database, AnchorOptions.None);
        var entries = (await acme.Checkpoint()).Size;
        await acme.Send();
        var status = await acme.Status();
        Assert.Equal((AnchorStanding.Nowhere, entries, 0L), (status.Standing, status.Entries, status.HeldSize));
        Assert.Contains(
            "whoever runs this server could still rewrite all of it",
            Assert.Single(status.Says),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await acme.Company.Read(db => db.Set<AnchorPlace>().CountAsync()));
    }

    [Fact]
    public async Task An_example_says_that_its_past_is_a_story()
    {
        await using var example = await AnchoredCompany.Of("sqlite", AnchorOptions.None, isStory: true);
        var status = await example.Status();
        Assert.True(status.IsStory);
        Assert.Contains("its past is a story that was told in one go", status.Says[0], StringComparison.Ordinal);
        Assert.Contains("No place outside holds a checkpoint", status.Says[1], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_receipt_is_a_file_for_verify_and_a_deleted_anchor_is_found(string database)
    {
        Directory.CreateDirectory(_folder.Of("drive"));
        await using var acme = await AnchoredCompany.Of(database, Folder);
        await acme.Send();
        var anchor = Assert.Single(await acme.Anchors());
        var receipt = await acme.Company.Run<AnchorProcess, OneAnchor, MadeFile>(
            p => p.Receipt,
            new OneAnchor { Id = anchor.Id }
        );
        Assert.True((await acme.Since((string)JsonNode.Parse(receipt.Content)!["checkpoint"]!)).Holds);
        await Assert.ThrowsAsync<NotFound>(() =>
            acme.Company.Run<AnchorProcess, OneAnchor, MadeFile>(
                p => p.Receipt,
                new OneAnchor { Id = acme.Company.Owner.OrganizationId }
            )
        );
        await AnchorSql.Delete(acme.Company);
        Assert.Contains(
            (await acme.Company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings,
            f =>
                f.Contains("Anchor", StringComparison.Ordinal)
                && f.Contains("its record is gone", StringComparison.Ordinal)
        );
    }

    private static Task Again(AnchoredCompany acme)
    {
        acme.Company.Clock.Advance(TimeSpan.FromHours(4));
        return acme.Send();
    }
}

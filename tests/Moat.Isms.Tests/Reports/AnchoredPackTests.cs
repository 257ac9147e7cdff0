using Moat.Hosting;
using Moat.Hosting.Anchors;
using Moat.Isms.Anchors;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Reports.Pack;

namespace Moat.Tests;

/// <summary>What a pack says of places outside is what its journal says, whoever signs it.</summary>
public sealed class AnchoredPackTests
{
    [Fact]
    public async Task What_places_outside_hold_is_what_the_journal_says_and_a_beginning_of_it()
    {
        using var folder = new TemporaryFolder();
        await using var first = await Company.Found("sqlite");
        await using var company = first.Reopen(
            new OutsideWorld
            {
                Anchors = new AnchorOptions { Folders = [folder.Path] },
                TimeAuthority = new Uri("https://stamps.test"),
            }
        );
        company.Owner = first.Owner;
        await Send(company);
        var pack = await Pack(company);
        Assert.Empty(Packs.Verify(pack).Findings);
        var signer = Packs.SignerOf(company);
        var names = Packs.Names(pack).Where(n => n.StartsWith(PackFormat.Anchors, StringComparison.Ordinal)).ToList();
        Assert.Equal(3, names.Count);
        foreach (var name in names)
        {
            Assert.Equal(
                $"{name}: it is not what the journal says that a place outside holds.",
                Packs.Verify(Packs.Sign(pack, signer, files => files[name] = "garbage"u8.ToArray())).Findings[0]
            );
            Assert.EndsWith(
                "1 that the journal tells of is missing.",
                Assert.Single(Packs.Verify(Packs.Sign(pack, signer, files => files.Remove(name))).Findings),
                StringComparison.Ordinal
            );
        }
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = "Weights", Kind = "model" }
        );
        await Send(company, "UPDATE anchor_place SET asked_size = 1");
        // Places are told in the order of their names, and the folder's is another one in every run.
        Assert.Contains(
            $"{PackFormat.Entries}: its first 1 entries are not those of the checkpoint that the folder {folder.Path} holds.",
            Packs.Verify(await Pack(company)).Findings
        );
    }

    private static async Task Send(Company company, string? meanwhile = null)
    {
        var system = Caller.System(company.Owner.OrganizationId, company.Owner.Organization);
        await company.Run<AnchorOutbox, AskAnchors, Tally>(p => p.Ask, new AskAnchors(), system);
        if (meanwhile is not null)
            await WriteTests.Sql(company, meanwhile);
        var due = (await company.Run<AnchorOutbox, Nothing, AnchorsDue>(p => p.Due, new Nothing(), system)).Due;
        Assert.Equal(2, due.Count);
        await company.Run<AnchorOutbox, TellAnchors, Tally>(
            p => p.Tell,
            new TellAnchors
            {
                Answers =
                [
                    .. due.Select(d => new AnchorAnswer
                    {
                        Place = d.Place,
                        Size = d.Size,
                        Outcome = AnchorOutcome.Held,
                        Says = "It lies there.",
                        Receipt = d.Place.Contains("stamps.test", StringComparison.Ordinal)
                            ? Convert.ToBase64String("token"u8)
                            : null,
                    }),
                ],
            },
            system
        );
    }

    private static async Task<byte[]> Pack(Company company) =>
        (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content;
}

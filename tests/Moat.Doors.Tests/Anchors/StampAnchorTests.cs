using System.Text.Json.Nodes;
using Moat.Hosting.Anchors;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Checkpoints are time-stamped (RFC 3161) by an authority that OpenSSL runs, and OpenSSL confirms what a receipt
/// holds.
/// </summary>
public sealed class StampAnchorTests
{
    [Fact]
    public async Task A_checkpoint_is_stamped_openssl_confirms_it_and_it_is_not_taken_for_more_than_it_is()
    {
        using var folder = new TemporaryFolder();
        await using var authority = await StampingAuthority.Start(folder);
        await using var acme = await AnchoredCompany.Of(
            "sqlite",
            AnchorOptions.None,
            new Uri($"{authority.Urls.First()}/tsr")
        );
        await acme.Send();
        var anchor = Assert.Single(await acme.Anchors());
        Assert.Equal(AnchorKind.TimeStamp, anchor.Kind);
        var receipt = JsonNode.Parse(
            (
                await acme.Company.Run<AnchorProcess, OneAnchor, MadeFile>(
                    p => p.Receipt,
                    new OneAnchor { Id = anchor.Id }
                )
            ).Content
        )!;
        await File.WriteAllTextAsync(folder.Of("kept.checkpoint"), (string)receipt["checkpoint"]!);
        await File.WriteAllBytesAsync(folder.Of("kept.tst"), Convert.FromBase64String((string)receipt["receipt"]!));
        Assert.Equal(
            0,
            await StampingAuthority.OpenSsl(
                "ts",
                "-verify",
                "-data",
                folder.Of("kept.checkpoint"),
                "-in",
                folder.Of("kept.tst"),
                "-token_in",
                "-CAfile",
                folder.Of("tsa.crt")
            )
        );

        // Whoever rewrites history has the new one stamped as well, so a stamp alone holds nobody to anything.
        var status = await acme.Status();
        Assert.Equal((AnchorStanding.Nowhere, 0L), (status.Standing, status.HeldSize));
        Assert.Contains(
            "whoever runs this server could still rewrite all of the journal and have that stamped",
            Assert.Single(status.Says),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_authority_that_is_down_is_asked_again_later()
    {
        using var folder = new TemporaryFolder();
        await using var authority = await StampingAuthority.Start(folder);
        await using var acme = await AnchoredCompany.Of(
            "sqlite",
            AnchorOptions.None,
            new Uri($"{authority.Urls.First()}/later")
        );
        await acme.Send();
        Assert.Contains("503", Assert.Single((await acme.Status()).Places).Problem, StringComparison.Ordinal);
        acme.Company.Clock.Advance(TimeSpan.FromMinutes(1));
        await acme.Send();
        Assert.Single(await acme.Anchors());
    }
}

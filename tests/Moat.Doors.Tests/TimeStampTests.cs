using System.Text.Json.Nodes;
using Moat.Hosting;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>Approved texts are stamped by an authority outside (RFC 3161), here one that OpenSSL runs.</summary>
[TakesLong]
public sealed class TimeStampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_approved_text_is_stamped_and_openssl_confirms_it()
    {
        Counterpart.Need(Counterpart.Find("openssl") is not null, "OpenSSL");
        await using var authority = await StampingAuthority.Start(_folder);
        using var asked = new TimeAuthority(new Uri($"{authority.Urls.First()}/tsr"));
        var text = "Nobody pulls weights by hand.\n";
        var stamp = await asked.Stamp(DocumentVersion.Hash(text), CancellationToken.None);
        Assert.InRange(
            stamp.At,
            TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2),
            TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1)
        );
        await File.WriteAllTextAsync(_folder.Of("VER-1.md"), text);
        await File.WriteAllBytesAsync(_folder.Of("VER-1.tst"), stamp.Token);
        string[] verify =
        [
            "ts",
            "-verify",
            "-data",
            _folder.Of("VER-1.md"),
            "-in",
            _folder.Of("VER-1.tst"),
            "-token_in",
            "-CAfile",
            _folder.Of("tsa.crt"),
        ];
        Assert.Equal(0, await StampingAuthority.OpenSsl(verify));
        await File.AppendAllTextAsync(_folder.Of("VER-1.md"), "!");
        Assert.NotEqual(0, await StampingAuthority.OpenSsl(verify));
    }

    [Fact]
    public async Task An_answer_for_another_text_an_error_and_silence_are_refused()
    {
        Counterpart.Need(Counterpart.Find("openssl") is not null, "OpenSSL");
        await using var authority = await StampingAuthority.Start(_folder);
        foreach (var path in new[] { "/replayed", "/broken", "/nonsense" })
        {
            using var asked = new TimeAuthority(new Uri($"{authority.Urls.First()}{path}"));
            if (path == "/replayed")
                await asked.Stamp(DocumentVersion.Hash("first"), CancellationToken.None);
            Assert.Equal(
                "documents.stamp.authority",
                (
                    await Assert.ThrowsAsync<RuleBroken>(() =>
                        asked.Stamp(DocumentVersion.Hash("second"), CancellationToken.None)
                    )
                ).RuleId
            );
        }
        using var nobody = new TimeAuthority(null);
        Assert.Equal(
            "documents.stamp.configured",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    nobody.Stamp(DocumentVersion.Hash("x"), CancellationToken.None)
                )
            ).RuleId
        );
    }

    [Fact]
    public async Task Approval_stamps_and_an_authority_that_is_down_is_asked_again_later()
    {
        Counterpart.Need(Counterpart.Find("openssl") is not null, "OpenSSL");
        await using var authority = await StampingAuthority.Start(_folder);
        await using var acme = await Acme.Found(new Uri($"{authority.Urls.First()}/later"));
        var document = await Approved(acme);
        Assert.Null((await Get(acme, document)).Shown.StampedAt);
        await acme.Do("documents.stamp", new JsonObject { ["ref"] = document });
        Assert.NotNull((await Get(acme, document)).Shown.StampedAt);
        await Assert.ThrowsAsync<RuleBroken>(() => acme.Do("documents.stamp", new JsonObject { ["ref"] = document }));
    }

    private static async Task<string> Approved(Acme acme)
    {
        await acme.Do("interview.answer", new JsonObject { ["answers"] = Answers.Json, ["complete"] = true });
        await acme.Do("draft.generate", new JsonObject());
        var reference = (await acme.Do<Page<DocumentRow>>("documents.list", new JsonObject { ["limit"] = 200 }))
            .Items.Single(d => d.Key == "cryptography")
            .Ref;
        await acme.Do("draft.adopt", new JsonObject { ["refs"] = new JsonArray(reference) });
        foreach (var point in (await Get(acme, reference)).Decisions)
            await acme.DoBySystem(
                "documents.decide",
                new JsonObject
                {
                    ["ref"] = reference,
                    ["point"] = point.Id,
                    ["option"] = point.Options[0].Value,
                }
            );
        await acme.Do(
            "documents.submit",
            new JsonObject { ["ref"] = reference, ["reviewers"] = new JsonArray("PER-1") }
        );
        await acme.Do("documents.review", new JsonObject { ["ref"] = reference, ["verdict"] = "approves" });
        await acme.Do("documents.approve", new JsonObject { ["ref"] = reference });
        return reference;
    }

    private static Task<DocumentView> Get(Acme acme, string reference) =>
        acme.Do<DocumentView>("documents.get", new JsonObject { ["ref"] = reference });
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Reports.Pack;
using Moat.Storage.Accounts;
using Moat.Storage.Keys;

namespace Moat.Tests;

/// <summary>One key follows another by an entry that both sign; a key that comes in any other way is found.</summary>
public sealed class KeyRotationTests
{
    private static readonly RotateKey Because = new() { Reason = "The operator who knew the old key left." };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_key_signs_from_its_entry_on_and_both_keys_sign_the_change(string database)
    {
        await using var company = await Company.Found(database);
        var keys = company.Services.GetRequiredService<JournalKeys>();
        var old = keys.Newest!.Verifier;
        var next = keys.MakeNext().Verifier;
        await Asset(company, "Signed with the old key still");
        Assert.NotNull(Checkpoint.Open((await State(company)).Checkpoint, old));

        var rotated = await company.Run<KeyProcess, RotateKey, KeyRotated>(p => p.Rotate, Because);
        Assert.Equal((old.Fingerprint, next.Fingerprint), (rotated.From, rotated.To));
        var state = await State(company);
        Assert.NotNull(Checkpoint.Open(state.Checkpoint, old));
        Assert.NotNull(Checkpoint.Open(state.Checkpoint, next));
        Assert.Equal([old.Fingerprint, next.Fingerprint], state.Keys.Select(k => k.Fingerprint));

        await using (var scope = company.Scope(company.Owner))
            await scope.ServiceProvider.GetRequiredService<SealedAccounts>().Renew(default);
        keys.Finish();
        await Asset(company, "Signed with the new key only");
        state = await State(company);
        Assert.Equal((next.Fingerprint, null), (state.Fingerprint, Checkpoint.Open(state.Checkpoint, old)));
        var check = await Check(company);
        Assert.Empty(check.Findings);
        var remark =
            $"The key changed at entry {rotated.AtEntry}, on 2026-03-02: from {old.Fingerprint} to {next.Fingerprint}. Both keys "
            + "signed the change.";
        Assert.Equal([remark], check.Remarks);
        var pack = Packs.Verify(
            (await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content
        );
        Assert.Empty(pack.Findings);
        Assert.Equal([remark], pack.Remarks);
        Assert.Equal(next.Fingerprint, pack.Fingerprint);
    }

    [Fact]
    public async Task Each_journal_of_an_installation_goes_on_with_its_key_until_it_changes()
    {
        await using var company = await Company.Found("sqlite");
        var other = await company.NewOwner("other", "Olga Other");
        company.Services.GetRequiredService<JournalKeys>().MakeNext();
        await company.Run<KeyProcess, RotateKey, KeyRotated>(p => p.Rotate, Because);
        await Asset(company, "One", other);
        await Asset(company, "Two");
        foreach (var who in new[] { company.Owner, other })
            Assert.Empty((await Check(company, who)).Findings);
    }

    [Fact]
    public async Task Without_a_new_key_nothing_changes_and_the_way_is_told()
    {
        await using var company = await Company.Found("sqlite");
        var refused = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Run<KeyProcess, RotateKey, KeyRotated>(p => p.Rotate, Because)
        );
        Assert.Equal("journal.rotate-key.new", refused.RuleId);
        Assert.Contains("moat key rotate", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Run<KeyProcess, RotateKey, KeyRotated>(
                p => p.Rotate,
                Because,
                company.Owner with
                {
                    Role = Role.IsmsManager,
                }
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_key_that_no_entry_names_is_found_although_its_signature_is_right(string database)
    {
        await using var company = await Company.Found(database);
        await Asset(company, "Weights");
        var head = await company.Read(db => db.Set<JournalHead>().SingleAsync());
        var forged = KeyText.New(NoteVerifier.Parse(head.VerifierKey).Name);
        var signer = new NoteSigner(Assert.Single(KeyText.Read(forged, "")));
        await File.WriteAllTextAsync(Path.Combine(company.Storage.KeyFolder, "journal.key"), forged);
        var note = signer.Sign(
            Checkpoint
                .Parse(head.Checkpoint[..(head.Checkpoint.IndexOf("\n\n", StringComparison.Ordinal) + 1)])!
                .ToText()
        );
        await WriteTests.Sql(
            company,
            $"UPDATE journal_head SET verifier_key = '{signer.Verifier}', checkpoint = '{note}'"
        );
        await using var later = company.Reopen();
        var findings = (await Check(later, company.Owner)).Findings;
        Assert.Contains("no entry names it", findings[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "ACC-1: its account does not fit its seal",
            Assert.Single(findings.Skip(1)),
            StringComparison.Ordinal
        );
        await Assert.ThrowsAsync<RuleBroken>(() =>
            later.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing(), company.Owner)
        );
    }

    [Theory]
    [InlineData("right", null)]
    [InlineData("without the old key", "did not sign that")]
    [InlineData("without the new key", "the new key did not sign that")]
    [InlineData("for another key", "does not name it")]
    [InlineData("for another journal", "not the journal until there")]
    [InlineData("after no key", "did not sign that")]
    public void A_change_that_the_keys_did_not_sign_is_found(string how, string? finding)
    {
        var (old, next, stranger) = (Signer(), Signer(), Signer());
        var reading = new JournalReading();
        var leaves = new List<byte[]>();
        void Read(JournalEntry entry)
        {
            reading.Read(entry, () => MerkleDefinition.Root(leaves.ToArray()));
            leaves.Add(entry.Leaf);
        }
        Read(Entry(0, Named(old, null, null)));
        var root = how == "for another journal" ? new byte[32] : MerkleDefinition.Root(leaves.ToArray());
        var named = (how == "for another key" ? stranger : next).Verifier.ToString();
        var text = $"{new Checkpoint("moat/test", 1, root).ToText()}{SigningKey.Naming(named)}\n";
        NoteSigner[] signers = how switch
        {
            "without the old key" => [stranger, next],
            "without the new key" => [old, stranger],
            _ => [old, next],
        };
        var statement = NoteSigner.Sign(text, signers);
        Read(Entry(1, Named(next, how == "after no key" ? null : old, statement)));
        reading.End(next.Verifier.ToString());
        if (finding is null)
            Assert.Empty(reading.Findings);
        else
            Assert.Contains(finding, Assert.Single(reading.Findings), StringComparison.Ordinal);
        Assert.Equal(finding is null ? 1 : 0, reading.Remarks.Count);
    }

    [Fact]
    public async Task A_journal_from_before_names_its_key_once()
    {
        await using var company = await Company.Found("sqlite");
        await WriteTests.Sql(company, "DELETE FROM signing_key");
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        Assert.True(
            (await company.Run<KeyProcess, Nothing, JournalKept>(p => p.KeepCurrent, new Nothing(), system)).NamedKey
        );
        Assert.False(
            (await company.Run<KeyProcess, Nothing, JournalKept>(p => p.KeepCurrent, new Nothing(), system)).NamedKey
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_server_without_the_key_of_the_journal_is_told_before_it_serves(string database)
    {
        await using var company = await Company.Found(database);
        File.Delete(Path.Combine(company.Storage.KeyFolder, "journal.key"));
        await using var later = company.Reopen();
        await using var scope = later.Services.CreateAsyncScope();
        var refused = await Assert.ThrowsAsync<Unavailable>(() =>
            scope.ServiceProvider.GetRequiredService<JournalKeyCheck>().MustHold(CancellationToken.None)
        );
        Assert.Contains("acme: The journal is signed with the key", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--journal-key", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Unavailable>(() => later.NewOwner("second", "Sid Second"));
        Assert.False(File.Exists(Path.Combine(company.Storage.KeyFolder, "journal.key")));
    }

    private static NoteSigner Signer() => new(new SeedKey("moat/test", SeedKey.NewSeed()));

    private static JournalEntry Entry(long sequence, JsonArray changes) =>
        JournalEntry.Write(
            Caller.System(Guid.Empty, "acme"),
            sequence,
            new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc),
            "journal.rotate-key",
            null,
            changes
        );

    private static JsonArray Named(NoteSigner key, NoteSigner? replaces, string? statement) =>
        [
            new JsonObject
            {
                ["kind"] = nameof(SigningKey),
                ["id"] = Guid.Empty.ToString(),
                ["change"] = "entered",
                ["fields"] = new JsonObject
                {
                    [nameof(SigningKey.VerifierKey)] = new JsonArray(null, key.Verifier.ToString()),
                    [nameof(SigningKey.Replaces)] = new JsonArray(null, replaces?.Verifier.ToString()),
                    [nameof(SigningKey.Statement)] = new JsonArray(null, statement),
                },
            },
        ];

    private static Task<CheckpointView> State(Company company) =>
        company.Run<JournalProcess, Nothing, CheckpointView>(p => p.Checkpoint, new Nothing());

    private static Task<JournalCheck> Check(Company company, Caller? caller = null) =>
        company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing(), caller);

    private static Task<Done> Asset(Company company, string name, Caller? caller = null) =>
        company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = name, Kind = "model" },
            caller
        );
}

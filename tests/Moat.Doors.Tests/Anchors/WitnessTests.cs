using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Moat.Hosting.Anchors;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel.Journal;
using Moat.Server.Host.Witness;

namespace Moat.Tests;

/// <summary>
/// A witness in a process of its own (C2SP tlog-witness and tlog-cosignature) holds a journal to its past.
/// </summary>
[TakesLong]
public sealed class WitnessTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_witness_in_another_process_cosigns_what_continues_and_refuses_a_restored_state_and_a_second_history_even_after_a_restart()
    {
        await using var acme = await AnchoredCompany.Of("sqlite", AnchorOptions.None);
        var key = (await acme.Checkpoint()).VerifierKey;
        var served = await MoatProgram.Serve(
            "witness",
            "--data",
            _folder.Of("witness"),
            "--name",
            "consultant.example/w1",
            "--trust",
            key
        );
        AnchorOptions options;
        try
        {
            options = await Options(served.Url);
            await using var witnessed = await AnchoredCompany.Of("sqlite", options);
            await witnessed.Send();
            await witnessed.NextDay("Weights");
            var status = await witnessed.Status();
            Assert.Equal(AnchorStanding.Held, status.Standing);
            var anchors = await witnessed.Anchors();
            Assert.Equal(2, anchors.Count);
            Assert.All(anchors, a => Assert.StartsWith("Cosigned on ", a.Says, StringComparison.Ordinal));
        }
        finally
        {
            served.Dispose();
        }

        using var again = await MoatProgram.Serve("witness", "--data", _folder.Of("witness"), "--trust", key);
        options = await Options(again.Url);
        Assert.Equal("consultant.example/w1", options.Witnesses[0].Key.Name);
        await using var restored = await AnchoredCompany.Of("sqlite", options);
        await restored.Send();
        Assert.Contains("it was rolled back", Contradiction(await restored.Status()), StringComparison.Ordinal);
        foreach (var name in new[] { "One", "Two", "Three" })
            await restored.Enter(name);
        await restored.NextDay("Four");
        Assert.Contains("it was rewritten", Contradiction(await restored.Status()), StringComparison.Ordinal);
        await restored.MustVerify();
    }

    [Fact]
    public async Task A_witness_that_is_away_or_does_not_know_the_journal_is_told_and_tried_again()
    {
        var stranger = new NoteSigner(new SeedKey("moat/stranger", SeedKey.NewSeed()));
        using var served = await MoatProgram.Serve(
            "witness",
            "--data",
            _folder.Of("witness"),
            "--trust",
            stranger.Verifier.ToString()
        );
        await using var unknown = await AnchoredCompany.Of("sqlite", await Options(served.Url));
        await unknown.Send();
        Assert.Contains(
            $"moat witness --trust {(await unknown.Checkpoint()).VerifierKey}",
            Assert.Single((await unknown.Status()).Places).Problem,
            StringComparison.Ordinal
        );
        await using var away = await AnchoredCompany.Of(
            "sqlite",
            new AnchorOptions
            {
                Witnesses = [(await Options(served.Url)).Witnesses[0] with { Url = new Uri("http://127.0.0.1:9") }],
            }
        );
        await away.Send();
        Assert.Contains(
            "cannot be reached",
            Assert.Single((await away.Status()).Places).Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_request_is_answered_as_the_specification_has_it()
    {
        var log = new NoteSigner(new SeedKey("moat/log", SeedKey.NewSeed()));
        var other = new NoteSigner(new SeedKey("moat/log", SeedKey.NewSeed()));
        using var book = new WitnessBook(_folder.Of("witness"), "witness.example/w1");
        using var witness = new WitnessServer(book, [log.Verifier], new FakeTimeProvider(Now));
        var tree = new Tree("moat/log/a");
        Assert.Equal((200, true), await Ask(witness, 0, [], tree.Sign(log, 3)));
        Assert.Equal((200, true), await Ask(witness, 3, tree.Proof(3, 5), tree.Sign(log, 5)));
        Assert.Equal((200, true), await Ask(witness, 5, [], tree.Sign(log, 5)));
        Assert.Equal((409, false), await Ask(witness, 3, tree.Proof(3, 6), tree.Sign(log, 6)));
        Assert.Equal("5\n", (await witness.Add(Body(0, [], tree.Sign(log, 6)), CancellationToken.None)).Body);
        Assert.Equal((422, false), await Ask(witness, 5, [], tree.Sign(log, 6)));
        Assert.Equal((422, false), await Ask(witness, 5, tree.Proof(4, 6), tree.Sign(log, 6)));
        Assert.Equal((400, false), await Ask(witness, 7, [], tree.Sign(log, 6)));
        Assert.Equal((409, false), await Ask(witness, 5, [], new Tree("moat/log/a", "fork").Sign(log, 5)));
        Assert.Equal((404, false), await Ask(witness, 0, [], new Tree("moat/elsewhere").Sign(log, 3)));
        Assert.Equal((403, false), await Ask(witness, 0, [], tree.Sign(other, 3)));
        Assert.Equal((422, false), await Ask(witness, 0, tree.Proof(3, 5), new Tree("moat/log/b").Sign(log, 3)));
        foreach (
            var nonsense in new[]
            {
                "",
                "old 0",
                "old 00\n\n" + tree.Sign(log, 3),
                "old -1\n\n" + tree.Sign(log, 3),
                "old 3\nAAAA\n\n" + tree.Sign(log, 5),
                "old 0\n\ngood morning",
                $"old 0\n{string.Concat(Enumerable.Repeat(Convert.ToBase64String(new byte[32]) + "\n", 64))}\n{tree.Sign(log, 3)}",
            }
        )
            Assert.Equal(400, (await witness.Add(nonsense, CancellationToken.None)).Status);
        Assert.Equal(5, book.Latest("moat/log/a")!.Size);
    }

    [Fact]
    public async Task Of_many_at_once_a_witness_cosigns_one_past()
    {
        var log = new NoteSigner(new SeedKey("moat/log", SeedKey.NewSeed()));
        using var book = new WitnessBook(_folder.Of("witness"), "witness.example/w1");
        using var witness = new WitnessServer(book, [log.Verifier], new FakeTimeProvider(Now));
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i => Task.Run(() => Ask(witness, 0, [], new Tree("moat/log", $"past {i}").Sign(log, 4))))
        );
        Assert.Equal(1, answers.Count(a => a.Item1 == 200));
        Assert.Throws<IOException>(() => new WitnessBook(_folder.Of("witness"), "witness.example/w2"));
    }

    [Fact]
    public void A_cosignature_is_that_of_the_specification()
    {
        // The example of https://c2sp.org/tlog-cosignature: its key is not published, so its form is what is compared.
        using var witness = new CosignatureSigner("witness.example.com/w1", SeedKey.NewSeed());
        const string checkpoint =
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        var line = witness.Sign(checkpoint, DateTimeOffset.FromUnixTimeSeconds(1679315147));
        var data = Convert.FromBase64String(line.Trim().Split(' ')[2]);
        Assert.Equal((76, "00000000641850cb"), (data.Length, Convert.ToHexStringLower(data.AsSpan(4, 8))));
        Assert.Equal(
            new DateTime(2023, 3, 20, 12, 25, 47, DateTimeKind.Utc),
            CosignatureVerifier.Parse(witness.Verifier.ToString()).Find(checkpoint, line)
        );
        Assert.Null(witness.Verifier.Find(checkpoint.Replace("163", "164", StringComparison.Ordinal), line));
        data[5] ^= 1;
        Assert.Null(witness.Verifier.Find(checkpoint, $"— witness.example.com/w1 {Convert.ToBase64String(data)}\n"));
        Assert.Throws<FormatException>(() => NoteVerifier.Parse(witness.Verifier.ToString()));
        Assert.Throws<FormatException>(() => WitnessAddress.Read("https://witness.example"));
        Assert.Equal(
            "https://witness.example/w",
            WitnessAddress.Read($"https://witness.example/w/={witness.Verifier}").Url.ToString()
        );
    }

    private static string Body(long old, IReadOnlyList<byte[]> proof, string note) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"old {old}\n{string.Concat(proof.Select(h => Convert.ToBase64String(h) + "\n"))}\n{note}"
        );

    private static async Task<(int, bool)> Ask(
        WitnessServer witness,
        long old,
        IReadOnlyList<byte[]> proof,
        string note
    )
    {
        var (status, body) = await witness.Add(Body(old, proof, note), CancellationToken.None);
        return (status, body.StartsWith("— witness.example/w1 ", StringComparison.Ordinal));
    }

    private static async Task<AnchorOptions> Options(string url)
    {
        using var http = new HttpClient();
        var key = Regex
            .Match(await http.GetStringAsync(new Uri(url)), @"^\S+\+[0-9a-f]{8}\+\S+$", RegexOptions.Multiline)
            .Value;
        return new AnchorOptions { Witnesses = [WitnessAddress.Read($"{url}={key}")] };
    }

    private static string Contradiction(AnchorStatus status) =>
        Assert.Single(status.Places).Contradiction ?? $"none: {status.Places[0].Problem}";

    /// <summary>A journal of six entries.</summary>
    private sealed class Tree(string origin, string past = "past")
    {
        private readonly byte[][] _leaves =
        [
            .. Enumerable.Range(0, 6).Select(i => MerkleTree.Leaf(System.Text.Encoding.UTF8.GetBytes($"{past} {i}"))),
        ];

        public string Sign(NoteSigner signer, int size) =>
            signer.Sign(new Checkpoint(origin, size, MerkleDefinition.Root(_leaves.AsSpan(0, size))).ToText());

        public IReadOnlyList<byte[]> Proof(int from, int to) => MerkleDefinition.Consistency(_leaves[..to], from);
    }
}

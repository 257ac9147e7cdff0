using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// One line of the journal: who did what, when, through which door, and what it changed. Append-only. The Merkle leaf
/// covers the canonical JSON of the header, and the header carries the SHA-256 of the changes, so that an entry stays
/// small however much it changed.
/// </summary>
public sealed class JournalEntry : ITenantRow
{
    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Position, from 0, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary>The account or token; null for the installation itself.</summary>
    public required Guid? ActorId { get; init; }

    /// <summary>The actor's name at that time.</summary>
    public required string Actor { get; init; }

    /// <summary>ui, rest, mcp, cli or system.</summary>
    public required string Door { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>Why, in the actor's words, where the operation asks for it.</summary>
    public required string? Reason { get; init; }

    /// <summary>The references it touched, for people; at most twenty of them.</summary>
    public required string Subjects { get; init; }

    /// <summary>Canonical JSON: a list of changed records with fields before and after.</summary>
    public required string Changes { get; init; }

    /// <summary>SHA-256 of <see cref="Changes"/>, hex.</summary>
    public required string ChangesHash { get; init; }

    /// <summary>The Merkle leaf.</summary>
    public required byte[] Leaf { get; init; }

    /// <summary>Makes an entry and its leaf.</summary>
    public static JournalEntry Write(
        Caller caller,
        long sequence,
        DateTime at,
        string operation,
        string? reason,
        JsonArray changes
    )
    {
        var text = CanonicalJson.Text(changes);
        var draft = new JournalEntry
        {
            OrganizationId = caller.OrganizationId,
            Sequence = sequence,
            At = at,
            ActorId = caller.ActorId,
            Actor = caller.Name,
            Door = caller.Door,
            Operation = operation,
            Reason = reason,
            Subjects = string.Join(' ', JournalSubject.In(changes).Take(20)),
            Changes = text,
            ChangesHash = HashOf(text),
            Leaf = [],
        };
        return draft.WithLeaf();
    }

    /// <summary>SHA-256 of a text's UTF-8 bytes, lower-case hex.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The bytes that the leaf is the hash of.</summary>
    public byte[] HeaderBytes() => CanonicalJson.Bytes(Header());

    /// <summary>Whether the stored hashes are those of the stored content.</summary>
    public bool IsSelfConsistent() =>
        HashOf(Changes) == ChangesHash && Leaf.AsSpan().SequenceEqual(MerkleTree.Leaf(HeaderBytes()));

    private JsonObject Header() =>
        new()
        {
            ["organization"] = OrganizationId.ToString("D", CultureInfo.InvariantCulture),
            ["sequence"] = Sequence,
            ["at"] = At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["actorId"] = ActorId?.ToString("D", CultureInfo.InvariantCulture),
            ["actor"] = Actor,
            ["door"] = Door,
            ["operation"] = Operation,
            ["reason"] = Reason,
            ["subjects"] = Subjects,
            ["changesSha256"] = ChangesHash,
        };

    private JournalEntry WithLeaf() =>
        new()
        {
            OrganizationId = OrganizationId,
            Sequence = Sequence,
            At = At,
            ActorId = ActorId,
            Actor = Actor,
            Door = Door,
            Operation = Operation,
            Reason = Reason,
            Subjects = Subjects,
            Changes = Changes,
            ChangesHash = ChangesHash,
            Leaf = MerkleTree.Leaf(HeaderBytes()),
        };
}

/// <summary>
/// The end of an organisation's journal: size, right edge of the tree and the last signed checkpoint.
/// </summary>
public sealed class JournalHead : ITenantRow
{
    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>How many entries there are.</summary>
    public long Size { get; private set; }

    /// <summary>The right edge of the tree.</summary>
    public string Edge { get; private set; } = "";

    /// <summary>The last signed checkpoint.</summary>
    public string Checkpoint { get; private set; } = "";

    /// <summary>The verifier key of the signer.</summary>
    public string VerifierKey { get; private set; } = "";

    /// <summary>
    /// Extends the tree by one leaf and signs the new state: with the key that signed it so far, and where a key
    /// follows it, with that one too. The last of them signs from then on. Throws
    /// <see cref="InvalidOperationException"/> where the first is another key.
    /// </summary>
    public void Append(byte[] leaf, IReadOnlyList<NoteSigner> signers)
    {
        if (VerifierKey.Length > 0 && VerifierKey != signers[0].Verifier.ToString())
            throw new InvalidOperationException("A journal goes on with its own key.");
        var frontier = Frontier.Parse(Size, Edge);
        frontier.Append(leaf);
        Size = frontier.Size;
        Edge = frontier.ToText();
        var origin = Journal.Checkpoint.OriginOf(signers[^1].Verifier.Name, OrganizationId);
        Checkpoint = NoteSigner.Sign(new Checkpoint(origin, Size, frontier.Root()).ToText(), signers);
        VerifierKey = signers[^1].Verifier.ToString();
    }
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Attestations;

/// <summary>
/// Says of each attestation whether a key that the organisation named signed it. Verified is true by a named key, false
/// when nobody signed or a signature in a named key's name is not its own, and unknown when only keys signed that
/// nobody named.
/// </summary>
public sealed class AttestationVerifier(MoatDb db)
{
    /// <summary>Writes into each fact of the report by which keys it is verified.</summary>
    public async Task Verify(ReadReport report, CancellationToken ct)
    {
        if (report.Facts.All(f => f.Signed is null))
            return;
        var named = await db.Set<AttestationKey>()
            .AsNoTracking()
            .Where(k => k.RetiredAt == null)
            .OrderBy(k => k.Number)
            .Take(500)
            .ToListAsync(ct);
        var keys = named.Select(k => (Record: k, Key: TrustedKey.Read(k.PublicKey))).ToList();
        foreach (var fact in report.Facts)
            if (fact.Signed is { } envelope)
                Verify(fact.Content, envelope, keys);
        foreach (var (_, key) in keys)
            key.Dispose();
    }

    private static void Verify(
        JsonObject fact,
        SignedEnvelope envelope,
        IReadOnlyList<(AttestationKey Record, TrustedKey Key)> keys
    )
    {
        var text = envelope.SignedText;
        var by = keys.Where(k => envelope.Signatures.Any(s => Verifies(k.Key, text, s.Bytes)))
            .Select(k => k.Record)
            .ToList();
        fact["verifiedBy"] = new JsonArray([.. by.Select(k => (JsonNode)$"{k.Ref} {k.Name}")]);
        // What else is unknown of it stays so.
        var unknown = fact["unknown"] as JsonObject ?? [];
        unknown.Remove("verified");
        var forged = envelope
            .Signatures.Where(s => !keys.Any(k => Verifies(k.Key, text, s.Bytes)))
            .Select(s => keys.FirstOrDefault(k => s.KeyId is not null && Names(s.KeyId, k.Record)).Record)
            .FirstOrDefault(k => k is not null);
        if (by.Count > 0)
            fact["verified"] = true;
        else if (envelope.Signatures.Count == 0)
            fact["verified"] = false;
        else if (forged is not null)
            (fact["verified"], fact["forged"]) = (
                false,
                $"a signature names {forged.Ref} {forged.Name} and is not that key's"
            );
        else
        {
            fact["verified"] = null;
            unknown["verified"] =
                keys.Count == 0
                    ? "no key is named that may sign attestations"
                    : $"signed by a key that nobody named{Ids(envelope)}";
        }
        fact.Remove("unknown");
        if (unknown.Count > 0)
            fact["unknown"] = unknown;
    }

    private static bool Verifies(TrustedKey key, byte[] text, byte[] signature) =>
        signature.Length > 0 && key.Verifies(text, signature);

    private static bool Names(string keyId, AttestationKey key) =>
        keyId == key.KeyId || keyId.EndsWith(key.Fingerprint, StringComparison.OrdinalIgnoreCase);

    private static string Ids(SignedEnvelope envelope) =>
        string.Join(", ", envelope.Signatures.Select(s => s.KeyId).OfType<string>().Distinct().Take(5))
            is { Length: > 0 } ids
            ? $" ({(ids.Length > 200 ? ids[..200] : ids)})"
            : "";
}

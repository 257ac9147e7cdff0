using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Attestations;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Knowledge;
using Moat.Knowledge.Checks;
using NSec.Cryptography;

namespace Moat.Tests;

/// <summary>
/// Signatures of attestations: verified by keys that the organisation named, forged, by strangers, or none.
/// </summary>
public sealed class AttestationTests
{
    private const string Type = "application/vnd.in-toto+json";
    private const string Statement =
        """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"triage.safetensors","digest":{"sha256":"ab"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":{"runDetails":{"builder":{"id":"https://ci.acme.test"}}}}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory]
    [InlineData("[\"other.safetensors\"]", "Subject 1")]
    [InlineData("[{\"name\":\"a\",\"digest\":{\"sha256\":\"ab\"}},\"other.safetensors\"]", "Subject 2")]
    [InlineData("[{\"name\":\"a\",\"digest\":\"ab\"}]", "Subject 1")]
    [InlineData("{\"name\":\"a\"}", "names no subject")]
    public void A_subject_that_cannot_be_read_is_not_passed_over(string subjects, string says)
    {
        var statement =
            $$"""{"_type":"https://in-toto.io/Statement/v1","subject":{{subjects}},"predicateType":"https://slsa.dev/provenance/v1","predicate":{} }""";
        Assert.Contains(says, Assert.Throws<InputInvalid>(() => Read(statement)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"builder":"ci"}""")]
    [InlineData("""{"runDetails":{"builder":{"id":["https://ci.acme.test"]} } }""")]
    [InlineData("[]")]
    public void A_builder_that_cannot_be_read_is_unknown_with_the_reason(string predicate)
    {
        var fact = Read(
            """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"ab"}}],"predicateType":"https://slsa.dev/provenance/v1","predicate":"""
                + predicate
                + "}"
        );
        Assert.Contains("names no builder", (string)fact["unknown"]!["builder"]!, StringComparison.Ordinal);
        Assert.Contains("names no source", (string)fact["unknown"]!["source"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_signed_is_the_pre_authentication_encoding()
    {
        // The example of the DSSE protocol.
        var envelope = new SignedEnvelope("http://example.com/HelloWorld", "hello world"u8.ToArray(), []);
        Assert.Equal(
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
            Encoding.UTF8.GetString(envelope.SignedText)
        );
    }

    [Fact]
    public void The_example_of_the_protocol_verifies_and_no_changed_byte_does()
    {
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = Decimal("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                    Y = Decimal("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
                },
            }
        );
        using var key = TrustedKey.Read(ecdsa.ExportSubjectPublicKeyInfoPem());
        var text = new SignedEnvelope("http://example.com/HelloWorld", "hello world"u8.ToArray(), []).SignedText;
        var signature = Convert.FromBase64String(
            "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="
        );
        Assert.Equal(KeyAlgorithm.EcdsaP256, key.Algorithm);
        Assert.True(key.Verifies(text, signature));
        for (var i = 0; i < text.Length; i++)
        {
            text[i] ^= 1;
            Assert.False(key.Verifies(text, signature), $"byte {i}");
            text[i] ^= 1;
        }
        for (var i = 0; i < signature.Length; i++)
            Assert.False(
                key.Verifies(text, [.. signature.Select((b, at) => at == i ? (byte)(b ^ 1) : b)]),
                $"signature byte {i}"
            );
        Assert.False(key.Verifies(text, []));
    }

    [Theory]
    [
        InlineData("ecdsa-der"),
        InlineData("ecdsa-p1363"),
        InlineData("rsa-pkcs1"),
        InlineData("rsa-pss"),
        InlineData("ed25519")
    ]
    public async Task A_named_key_verifies_what_it_signed_and_nothing_else(string how)
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var (pem, sign) = Signer(how);
        var named = await Name(company, pem);
        var fact = await Report(company, Envelope(Statement, sign));
        Assert.Equal((true, $"{named.Ref} release builds"), ((bool?)fact["verified"], (string?)fact["verifiedBy"]![0]));
        Assert.Equal(
            ("Passing", "Passing"),
            (Outcome("provenance-verified", fact), Outcome("provenance-signed", fact))
        );
        var changed = await Report(
            company,
            Envelope(Statement.Replace("\"ab\"", "\"cd\"", StringComparison.Ordinal), sign, signed: Statement)
        );
        Assert.Null(changed["verified"]);
        Assert.Contains("a key that nobody named", (string)changed["unknown"]!["verified"]!, StringComparison.Ordinal);
        Assert.Equal("Unknown", Outcome("provenance-verified", changed));
        // A signature says nothing about what could not be read.
        var nobody = await Report(
            company,
            Envelope(Statement.Replace("\"builder\"", "\"maker\"", StringComparison.Ordinal), sign)
        );
        Assert.True((bool?)nobody["verified"]);
        Assert.Contains("names no builder", (string)nobody["unknown"]!["builder"]!, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_signature_in_a_named_keys_name_that_is_not_its_own_is_forged_and_a_strangers_is_unknown(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var (pem, sign) = Signer("ed25519");
        var (_, stranger) = Signer("ed25519");
        var before = await Report(company, Envelope(Statement, sign));
        Assert.Equal("no key is named that may sign attestations", (string)before["unknown"]!["verified"]!);
        await Name(company, pem, "build-1");
        var forged = await Report(company, Envelope(Statement, stranger, keyId: "build-1"));
        Assert.Equal(
            (false, "a signature names AKEY-1 release builds and is not that key's"),
            ((bool?)forged["verified"], (string?)forged["forged"])
        );
        Assert.Equal(
            ("Failing", "Failing"),
            (Outcome("provenance-verified", forged), Outcome("provenance-signed", forged))
        );
        Assert.Null((await Report(company, Envelope(Statement, stranger, keyId: "other")))["verified"]);
        var unsigned = await Report(
            company,
            $$"""{"payloadType":"{{Type}}","payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Statement))}}","signatures":[]}"""
        );
        Assert.Equal(
            ("Failing", "Failing"),
            (Outcome("provenance-verified", unsigned), Outcome("provenance-signed", unsigned))
        );
        // One good signature is enough beside a stranger's, and the payload's type is signed as well.
        var both = JsonNode.Parse(Envelope(Statement, sign))!;
        both["signatures"]!.AsArray().Insert(0, new JsonObject { ["sig"] = "!!!", ["keyid"] = "x" });
        Assert.True((bool)(await Report(company, both.ToJsonString()))["verified"]!);
        Assert.Null((await Report(company, Envelope(Statement, sign, type: "application/vnd.other")))["verified"]);

        await company.Run<AttestationKeyProcess, RetireAttestationKey, Done>(
            p => p.Retire,
            new RetireAttestationKey { Ref = "AKEY-1", Because = "The build server was replaced" }
        );
        Assert.Null((await Report(company, Envelope(Statement, sign)))["verified"]);
        Assert.Equal(
            "attestation-keys.retire.once",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    company.Run<AttestationKeyProcess, RetireAttestationKey, Done>(
                        p => p.Retire,
                        new RetireAttestationKey { Ref = "AKEY-1", Because = "again and again" }
                    )
                )
            ).RuleId
        );
        Assert.Equal(
            "attestation-keys.create.once",
            (await Assert.ThrowsAsync<RuleBroken>(() => Name(company, pem))).RuleId
        );
        var row = Assert.Single(
            await company.Run<AttestationKeyProcess, Nothing, IReadOnlyList<AttestationKeyRow>>(
                p => p.List,
                new Nothing()
            )
        );
        Assert.Equal((KeyAlgorithm.Ed25519, "The build server was replaced"), (row.Algorithm, row.RetiredBecause));
    }

    [Fact]
    public async Task What_is_no_public_key_is_refused_with_the_reason()
    {
        await using var company = await Company.Found("sqlite");
        using var rsa = RSA.Create(1024);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (
            var (pem, says) in new[]
            {
                ("hello", "no public key"),
                (rsa.ExportSubjectPublicKeyInfoPem(), "1024 bits"),
                (p384.ExportSubjectPublicKeyInfoPem(), "not accepted"),
                (rsa.ExportPkcs8PrivateKeyPem(), "private key"),
                (rsa.ExportRSAPublicKeyPem(), "BEGIN PUBLIC KEY"),
                ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no public key"),
            }
        )
        {
            var refused = await Assert.ThrowsAsync<InputInvalid>(() => Name(company, pem));
            Assert.Equal("publicKey", refused.Errors[0].Field);
            Assert.Contains(says, refused.Errors[0].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Attestations_of_the_corpus_are_signed_by_strangers_until_their_key_is_named()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Name(company, Signer("ecdsa-der").Pem);
        foreach (var file in Corpus.Files("attestations", "*"))
        {
            var fact = await Report(company, await File.ReadAllTextAsync(file));
            Assert.Null(fact["verified"]);
            Assert.Equal("Unknown", Outcome("provenance-verified", fact));
        }
    }

    private static byte[] Decimal(string number) =>
        System
            .Numerics.BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture)
            .ToByteArray(isUnsigned: true, isBigEndian: true)
            is { Length: < 32 } few
            ? [.. new byte[32 - few.Length], .. few]
            : System
                .Numerics.BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture)
                .ToByteArray(isUnsigned: true, isBigEndian: true);

    private static (string Pem, Func<byte[], byte[]> Sign) Signer(string how)
    {
        if (how == "ed25519")
        {
            var key = Key.Create(SignatureAlgorithm.Ed25519);
            return (
                Encoding.UTF8.GetString(key.PublicKey.Export(KeyBlobFormat.PkixPublicKeyText)),
                text => SignatureAlgorithm.Ed25519.Sign(key, text)
            );
        }
        if (how.StartsWith("rsa", StringComparison.Ordinal))
        {
            var rsa = RSA.Create(2048);
            return (
                rsa.ExportSubjectPublicKeyInfoPem(),
                text =>
                    rsa.SignData(
                        text,
                        HashAlgorithmName.SHA256,
                        how == "rsa-pss" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1
                    )
            );
        }
        var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (
            ecdsa.ExportSubjectPublicKeyInfoPem(),
            text =>
                ecdsa.SignData(
                    text,
                    HashAlgorithmName.SHA256,
                    how == "ecdsa-der"
                        ? DSASignatureFormat.Rfc3279DerSequence
                        : DSASignatureFormat.IeeeP1363FixedFieldConcatenation
                )
        );
    }

    private static string Envelope(
        string statement,
        Func<byte[], byte[]> sign,
        string? signed = null,
        string? keyId = null,
        string type = Type
    )
    {
        var signature = sign(new SignedEnvelope(type, Encoding.UTF8.GetBytes(signed ?? statement), []).SignedText);
        return new JsonObject
        {
            ["payloadType"] = Type,
            ["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)),
            ["signatures"] = new JsonArray(
                new JsonObject { ["keyid"] = keyId ?? "", ["sig"] = Convert.ToBase64String(signature) }
            ),
        }.ToJsonString();
    }

    private static Task<Done> Name(Company company, string pem, string? keyId = null) =>
        company.Run<AttestationKeyProcess, CreateAttestationKey, Done>(
            p => p.Create,
            new CreateAttestationKey
            {
                Name = "release builds",
                PublicKey = pem,
                KeyId = keyId,
            }
        );

    private static string Outcome(string check, JsonObject fact) =>
        $"{KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact.ToJsonString())).Outcome}";

    private static async Task<JsonObject> Report(Company company, string text)
    {
        company.Clock.Advance(TimeSpan.FromMinutes(1));
        await company.Run<ReportEvidenceProcess, ReportEvidence, ReportTaken>(
            p => p.Report,
            new ReportEvidence
            {
                File = new GivenFile { Name = "a.jsonl", Content = Encoding.UTF8.GetBytes(text) },
                Subject = "triage.safetensors",
            }
        );
        return JsonNode.Parse((await FactTests.Resource(company)).Facts[0].Content)!.AsObject();
    }

    private static JsonObject Read(string statement) =>
        ReportReader
            .Read(
                Encoding.UTF8.GetBytes(
                    new JsonObject
                    {
                        ["payloadType"] = Type,
                        ["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)),
                        ["signatures"] = new JsonArray(),
                    }.ToJsonString()
                )
            )
            .Facts[0]
            .Content;
}

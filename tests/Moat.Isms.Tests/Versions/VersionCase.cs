using System.Security.Cryptography;
using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Versions;

namespace Moat.Tests;

/// <summary>A dataset, a base model, a model and an endpoint with versions.</summary>
internal static class VersionCase
{
    /// <summary>The SHA-256 of a text, as inputs spell it.</summary>
    public static string Sha(string bytes) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes)))}";

    /// <summary>An asset of a kind.</summary>
    public static async Task<string> Asset(Company company, string name, string kind, bool jewel = false) =>
        BreakTests.Ref(
            await company.Do(
                "assets.create",
                new
                {
                    name,
                    kind,
                    crownJewel = jewel,
                }
            )
        );

    /// <summary>Enters a version whose bytes are its name, unless others are given.</summary>
    public static async Task<string> Enter(Company company, string asset, string name, params string[] madeFrom) =>
        BreakTests.Ref(
            await company.Do(
                "versions.create",
                new
                {
                    asset,
                    name,
                    digests = new[] { Sha($"{asset} {name}") },
                    madeFrom,
                }
            )
        );

    /// <summary>A person lets it through.</summary>
    public static Task<object> Release(Company company, string version, Caller? by = null) =>
        company.Do(
            "versions.release",
            new { @ref = version, @checked = "The evaluation of these bytes passed with 0.91." },
            by
        );

    /// <summary>An endpoint serves it.</summary>
    public static Task<object> Serve(Company company, string version, string endpoint, bool beside = false) =>
        company.Do(
            "versions.serve",
            new
            {
                @ref = version,
                endpoint,
                beside,
            }
        );

    public static Task<object> Withdraw(Company company, string version) =>
        company.Do(
            "versions.withdraw",
            new { @ref = version, reason = "1,200 examples carry a trigger that turns answers." }
        );

    public static async Task<AssetVersionView> Get(Company company, string version) =>
        (AssetVersionView)await company.Do("versions.get", new { @ref = version });

    public static async Task<TraceView> Trace(Company company, string version) =>
        (TraceView)await company.Do("versions.trace", new { @ref = version });

    public static async Task<FoundVersion> Find(Company company, string digest, string? within = null) =>
        (FoundVersion)await company.Do("versions.find", new { digest, within });
}

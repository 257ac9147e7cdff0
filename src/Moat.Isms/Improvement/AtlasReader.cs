using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Moat.Isms.Improvement;

/// <summary>A technique of MITRE ATLAS; the digest changes when its name or what is said about it does.</summary>
public sealed record AtlasTechnique(string Id, string Name, string Description, string Digest)
{
    /// <summary>The technique that it is a part of; itself when it is whole.</summary>
    public string Whole => Id.Count(c => c == '.') > 1 ? Id[..Id.LastIndexOf('.')] : Id;
}

/// <summary>A release of MITRE ATLAS.</summary>
public sealed record AtlasRelease(string Version, IReadOnlyList<AtlasTechnique> Techniques);

/// <summary>
/// Reads a release of MITRE ATLAS as it is published (<c>ATLAS.yaml</c>), as YAML or JSON. Throws
/// <see cref="InputInvalid"/>.
/// </summary>
public static partial class AtlasReader
{
    internal const int MostTechniques = 5000;

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .IgnoreUnmatchedProperties()
        .Build();

    /// <summary>Reads a release.</summary>
    public static AtlasRelease Read(GivenFile file)
    {
        var read = Parse(GivenText.Utf8(file.Bytes()));
        if (read?.Id is not "ATLAS" && read?.Matrices is null)
            throw Wrong("This is no release of MITRE ATLAS: it has no matrix. The file is called ATLAS.yaml.");
        if (string.IsNullOrWhiteSpace(read.Version))
            throw Wrong("The release has no version.");
        var techniques = (read.Matrices ?? [])
            .OfType<Matrix>()
            .SelectMany(m => m.Techniques ?? [])
            .OfType<Technique>()
            .ToList();
        if (techniques.Count == 0)
            throw Wrong("The release has no technique.");
        if (techniques.Count > MostTechniques)
            throw Wrong($"More than {MostTechniques:N0} techniques are not one release.");
        if (techniques.FirstOrDefault(t => t.Id is null || !TechniqueId().IsMatch(t.Id)) is { } odd)
            throw Wrong($"'{odd.Id}' is not the id of a technique, such as AML.T0020.");
        if (techniques.GroupBy(t => t.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Wrong($"{twice.Key} is in it twice.");
        return new AtlasRelease(read.Version.Trim().Cut(40), [.. techniques.Select(Known)]);
    }

    private static AtlasTechnique Known(Technique t)
    {
        var (name, description) = ((t.Name ?? t.Id!).Trim(), Spaces().Replace(t.Description ?? "", " ").Trim());
        return new AtlasTechnique(t.Id!, name.Cut(200), description, Digests.Of($"{name}\n{description}"));
    }

    private static AtlasFile? Parse(string text)
    {
        GivenYaml.MustBePlain(text);
        try
        {
            return Yaml.Deserialize<AtlasFile>(text);
        }
        catch (YamlException e)
        {
            throw Wrong($"Line {e.Start.Line}: this is neither YAML nor JSON in the form of ATLAS.yaml.");
        }
        catch (Exception e) when (GivenYaml.IsOfParser(e))
        {
            throw Wrong("This is neither YAML nor JSON in the form of ATLAS.yaml.");
        }
    }

    private static InputInvalid Wrong(string message) => new("file", message);

    [GeneratedRegex(@"^AML\.T\d{4}(\.\d{3})?$")]
    private static partial Regex TechniqueId();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class AtlasFile
    {
        public string? Id { get; set; }
        public string? Version { get; set; }
        public List<Matrix?>? Matrices { get; set; }
    }

    private sealed class Matrix
    {
        public List<Technique?>? Techniques { get; set; }
    }

    private sealed class Technique
    {
        public string? Id { get; set; }
        public string? Name { get; set; }
        public string? Description { get; set; }
    }
}

/// <summary>Short digests of entries of a catalogue.</summary>
internal static class Digests
{
    private const int Length = 16;

    public static string Of(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
}

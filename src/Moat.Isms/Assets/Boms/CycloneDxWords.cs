using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>What a part of a bill is called, where it is and what is told of it.</summary>
internal static class CycloneDxWords
{
    public static string KeyOf(JsonElement element, string kind, string name, string place)
    {
        if (element.Text("purl") is { } purl)
            return BomRemarks.Whole(WithoutVersion(purl), 500, $"{place}.purl");
        return $"{kind}:{element.Text("group")}/{name}".Cut(500);
    }

    // The version stands behind the last @ before qualifiers and subpath; one behind a slash begins a namespace, which
    // many tools do not encode.
    private static string WithoutVersion(string purl)
    {
        var end = purl.IndexOfAny(['?', '#']) is var found and >= 0 ? found : purl.Length;
        var version = purl[..end].LastIndexOf('@');
        return version > 0 && purl[version - 1] != '/' ? purl[..version] : purl;
    }

    public static string? DescribeModel(JsonElement component, JsonElement parameters) =>
        Join(
            VersionOf(component),
            component.Text("description"),
            Labelled("Publisher", component.Text("publisher")),
            Labelled("Task", parameters.Text("task")),
            Labelled("Architecture", parameters.Text("modelArchitecture") ?? parameters.Text("architectureFamily")),
            Labelled("Approach", parameters.Part("approach")?.Text("type")),
            Labelled("Licence", LicenceOf(component))
        );

    public static string? DescribeData(JsonElement component) =>
        Join(
            VersionOf(component),
            component.Text("description"),
            Labelled("Publisher", component.Text("publisher")),
            Labelled("Licence", LicenceOf(component))
        );

    private static string? LicenceOf(JsonElement component) =>
        component
            .List("licenses", "$")
            .Select(l =>
                l.Element.Text("expression")
                ?? l.Element.Part("license")?.Text("id")
                ?? l.Element.Part("license")?.Text("name")
            )
            .FirstOrDefault(l => l is not null);

    public static string? LocationOf(JsonElement component) =>
        component
            .List("externalReferences", "$")
            .OrderBy(r => r.Element.Text("type") is "distribution" or "vcs" ? 0 : 1)
            .Select(r => r.Element.Text("url"))
            .FirstOrDefault(u => u is not null);

    public static string? VersionOf(JsonElement element) => Labelled("Version", element.Text("version"));

    private static string? Labelled(string label, string? value) => value is null ? null : $"{label} {value}";

    public static string? Join(params string?[] parts) =>
        parts.Where(p => p is not null).ToList() is { Count: > 0 } said
            ? string.Join(". ", said.Select(s => s!.TrimEnd('.'))) + "."
            : null;
}

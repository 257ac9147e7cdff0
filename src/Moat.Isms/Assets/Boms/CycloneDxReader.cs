using System.Text.Json;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Reads CycloneDX JSON (ECMA-424). Models, data and services become assets; libraries, frameworks and files are counted and left to
/// the tools that watch them. The application that carries models is taken as the endpoint that serves them.
/// </summary>
internal static partial class CycloneDxReader
{
    private static readonly HashSet<string> Versions = ["1.4", "1.5", "1.6", "1.7"];

    private static readonly HashSet<string> Types =
    [
        "application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver", "firmware", "file",
        "machine-learning-model", "data", "cryptographic-asset",
    ];

    private static readonly HashSet<string> HashAlgorithms =
    [
        "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512", "BLAKE2b-256", "BLAKE2b-384", "BLAKE2b-512",
        "BLAKE3", "Streebog-256", "Streebog-512",
    ];

    public static BomDocument Read(JsonElement root)
    {
        if (root.Text("bomFormat") != "CycloneDX") throw BomReader.Wrong("$.bomFormat", "It must be CycloneDX.");
        var version = root.Text("specVersion");
        if (version is null || !Versions.Contains(version))
            throw BomReader.Wrong("$.specVersion", $"'{version?.Cut(20)}' is not a version that is read here. One of: {string.Join(", ", Versions)}.");
        var serial = root.Text("serialNumber");
        if (serial is not null && !Serial().IsMatch(serial)) throw BomReader.Wrong("$.serialNumber", "It must be urn:uuid: with a whole UUID.");
        var bill = new Bill(root);
        return new BomDocument($"CycloneDX {version}", bill.Subject ?? serial ?? "unnamed", serial ?? bill.Subject ?? "unnamed", bill.Assets, bill.Relations, bill.Others);
    }

    [GeneratedRegex("^urn:uuid:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")]
    private static partial Regex Serial();

    /// <summary>Collects what one bill says; references are resolved once everything is known.</summary>
    private sealed class Bill
    {
        private readonly Dictionary<string, BomAsset> _byKey = [];
        private readonly Dictionary<string, string> _keyByRef = [];
        private readonly List<(string From, string DatasetRef, string Place)> _trainedOnRefs = [];
        private readonly HashSet<BomRelation> _relations = [];
        private readonly HashSet<string> _refs = [];

        public Bill(JsonElement root)
        {
            foreach (var (component, place) in root.List("components", "$")) Component(component, place);
            foreach (var (service, place) in root.List("services", "$")) Service(service, place);
            if (root.Part("metadata")?.Part("component") is { } subject) TakeSubject(subject);
            foreach (var (from, reference, _) in _trainedOnRefs)
                if (_keyByRef.TryGetValue(reference, out var key)) _relations.Add(new BomRelation(from, LinkTypes.TrainedOn, key));
            Dependencies(root);
        }

        public string? Subject { get; private set; }

        public int Others { get; private set; }

        public IReadOnlyList<BomAsset> Assets => [.. _byKey.Values];

        public IReadOnlyList<BomRelation> Relations => [.. _relations.Where(r => r.From != r.To)];

        private void Component(JsonElement component, string place)
        {
            var type = component.Text("type") ?? throw BomReader.Wrong($"{place}.type", "A component needs a type.");
            if (!Types.Contains(type)) throw BomReader.Wrong($"{place}.type", $"'{type.Cut(40)}' is not a type of component.");
            var name = component.Text("name") ?? throw BomReader.Wrong($"{place}.name", "A component needs a name.");
            CheckHashes(component, place);
            if (type is "machine-learning-model") Model(component, name, place);
            else if (type is "data") Keep(component, "dataset", name, DescribeData(component), LocationOf(component), Classification(component), place);
            else
            {
                Others++;
                Remember(component, place);
            }
            foreach (var (child, childPlace) in component.List("components", place)) Component(child, childPlace);
        }

        private void Model(JsonElement component, string name, string place)
        {
            var parameters = component.Part("modelCard")?.Part("modelParameters") ?? default;
            var key = Keep(component, "model", name, DescribeModel(component, parameters), LocationOf(component), null, place);
            foreach (var (dataset, datasetPlace) in parameters.List("datasets", $"{place}.modelCard.modelParameters"))
            {
                if (dataset.Text("ref") is { } reference) _trainedOnRefs.Add((key, reference, datasetPlace));
                else if (dataset.Text("name") is { } datasetName)
                    _relations.Add(new BomRelation(
                        key, LinkTypes.TrainedOn,
                        Keep(dataset, "dataset", datasetName, dataset.Text("description"), dataset.Part("contents")?.Text("url"), Classification(dataset), datasetPlace)));
            }
        }

        private void Service(JsonElement service, string place)
        {
            var name = service.Text("name") ?? throw BomReader.Wrong($"{place}.name", "A service needs a name.");
            var outside = service.Part("provider")?.Text("name") is not null
                || (service.TryGetProperty("x-trust-boundary", out var crosses) && crosses.ValueKind == JsonValueKind.True);
            var address = service.List("endpoints", place).Select(e => e.Element.ValueKind == JsonValueKind.String ? e.Element.GetString() : null).FirstOrDefault();
            Keep(service, outside ? "supplier-api" : "endpoint", name, Join(VersionOf(service), service.Text("description")), address, Classification(service), place);
            foreach (var (child, childPlace) in service.List("services", place)) Service(child, childPlace);
        }

        private void TakeSubject(JsonElement subject)
        {
            if (subject.Text("name") is not { } name) return;
            Subject = KeyOf(subject, subject.Text("type") ?? "application", name);
            var models = _byKey.Values.Where(a => a.Kind == "model").Select(a => a.Key).ToList();
            if (subject.Text("type") is "machine-learning-model") Model(subject, name, "$.metadata.component");
            else if (models.Count > 0)
            {
                var endpoint = Keep(subject, "endpoint", name, Join(VersionOf(subject), subject.Text("description") ?? "The application that carries the models of this bill."), null, null, "$.metadata.component");
                foreach (var model in models) _relations.Add(new BomRelation(model, LinkTypes.DeployedTo, endpoint));
            }
            else Remember(subject, "$.metadata.component");
        }

        private void Dependencies(JsonElement root)
        {
            var seen = new HashSet<string>();
            foreach (var (dependency, place) in root.List("dependencies", "$"))
            {
                var reference = dependency.Text("ref") ?? throw BomReader.Wrong($"{place}.ref", "A dependency names the component that depends.");
                if (!seen.Add(reference)) throw BomReader.Wrong($"{place}.ref", $"'{reference.Cut(80)}' is listed twice.");
                var named = new HashSet<string>();
                foreach (var (on, onPlace) in dependency.List("dependsOn", place))
                {
                    if (on.ValueKind != JsonValueKind.String) throw BomReader.Wrong(onPlace, "The reference of a component is needed.");
                    if (!named.Add(on.GetString()!)) throw BomReader.Wrong(onPlace, $"'{on.GetString()!.Cut(80)}' is named twice.");
                    Relate(reference, on.GetString()!);
                }
            }
        }

        private void Relate(string fromRef, string toRef)
        {
            if (!_keyByRef.TryGetValue(fromRef, out var from) || !_keyByRef.TryGetValue(toRef, out var to)) return;
            var trained = _byKey[from].Kind == "model" && _byKey[to].Kind == "dataset";
            if (_relations.Contains(new BomRelation(to, LinkTypes.DeployedTo, from))) return;
            _relations.Add(new BomRelation(from, trained ? LinkTypes.TrainedOn : LinkTypes.DependsOn, to));
        }

        private string Keep(JsonElement element, string kind, string name, string? description, string? location, int? confidentiality, string place)
        {
            var key = KeyOf(element, kind, name);
            var title = element.Text("group") is { } group && !name.StartsWith(group, StringComparison.Ordinal) ? $"{group}/{name}" : name;
            _byKey.TryAdd(key, new BomAsset(key, kind, title.Cut(200), description?.Cut(4000), location?.Cut(1000), confidentiality));
            if (Remember(element, place) is { } reference) _keyByRef[reference] = key;
            return key;
        }

        private string? Remember(JsonElement element, string place)
        {
            if (element.Text("bom-ref") is not { } reference) return null;
            if (!_refs.Add(reference) && !place.StartsWith("$.metadata", StringComparison.Ordinal))
                throw BomReader.Wrong($"{place}.bom-ref", $"'{reference.Cut(80)}' is used twice.");
            return reference;
        }
    }

    private static string KeyOf(JsonElement element, string kind, string name)
    {
        if (element.Text("purl") is { } purl)
        {
            var version = purl.LastIndexOf('@');
            return (version > 0 ? purl[..version] : purl).Cut(500);
        }
        return $"{kind}:{element.Text("group")}/{name}".Cut(500);
    }

    private static void CheckHashes(JsonElement component, string place)
    {
        foreach (var (hash, hashPlace) in component.List("hashes", place))
            if (hash.Text("alg") is not { } algorithm || !HashAlgorithms.Contains(algorithm))
                throw BomReader.Wrong($"{hashPlace}.alg", "This is not a hash algorithm that CycloneDX knows.");
    }

    private static string? DescribeModel(JsonElement component, JsonElement parameters) => Join(
        VersionOf(component), component.Text("description"), Labelled("Publisher", component.Text("publisher")), Labelled("Task", parameters.Text("task")),
        Labelled("Architecture", parameters.Text("modelArchitecture") ?? parameters.Text("architectureFamily")),
        Labelled("Approach", parameters.Part("approach")?.Text("type")), Labelled("Licence", LicenceOf(component)));

    private static string? DescribeData(JsonElement component) => Join(
        VersionOf(component), component.Text("description"), Labelled("Publisher", component.Text("publisher")), Labelled("Licence", LicenceOf(component)));

    private static string? LicenceOf(JsonElement component) => component.List("licenses", "$")
        .Select(l => l.Element.Text("expression") ?? l.Element.Part("license")?.Text("id") ?? l.Element.Part("license")?.Text("name")).FirstOrDefault(l => l is not null);

    private static string? LocationOf(JsonElement component) => component.List("externalReferences", "$")
        .OrderBy(r => r.Element.Text("type") is "distribution" or "vcs" ? 0 : 1).Select(r => r.Element.Text("url")).FirstOrDefault(u => u is not null);

    private static int? Classification(JsonElement element)
    {
        var words = element.Text("classification")
            ?? element.List("data", "$").Select(d => d.Element.Text("classification")).FirstOrDefault(c => c is not null);
        return words is null ? null : Levels.Of(words);
    }

    private static string? VersionOf(JsonElement element) => Labelled("Version", element.Text("version"));

    private static string? Labelled(string label, string? value) => value is null ? null : $"{label} {value}";

    private static string? Join(params string?[] parts) => parts.Where(p => p is not null).ToList() is { Count: > 0 } said
        ? string.Join(". ", said.Select(s => s!.TrimEnd('.'))) + "." : null;
}

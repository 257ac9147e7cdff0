using System.Text.Json;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Reads CycloneDX JSON (ECMA-424). Models, data and services become assets; libraries, frameworks and files are
/// counted and left to the tools that watch them. The application that carries models is taken as the endpoint that
/// serves them.
/// </summary>
internal static partial class CycloneDxReader
{
    private static readonly Dictionary<string, string> Same = new()
    {
        ["metadata.component"] = "components[]",
        ["components[].components"] = "components",
        ["services[].services"] = "services",
    };

    /// <summary>What is read of a bill (ECMA-424).</summary>
    internal static ReadParts Parts { get; } =
        new(
            """
            $schema? bomFormat specVersion serialNumber? version? dependencies[].ref dependencies[].dependsOn**
            components[].type components[].name components[].group components[].version? components[].purl? components[].bom-ref
            components[].description? components[].publisher? components[].hashes** components[].licenses**? components[].externalReferences**?
            components[].pedigree.ancestors[].type components[].pedigree.ancestors[].name components[].pedigree.ancestors[].group
            components[].pedigree.ancestors[].version? components[].pedigree.ancestors[].purl?
            components[].pedigree.ancestors[].bom-ref components[].pedigree.ancestors[].description?
            components[].pedigree.ancestors[].hashes**
            components[].data[].classification? components[].data[].type? components[].data[].name?
            components[].modelCard.modelParameters.task? components[].modelCard.modelParameters.modelArchitecture?
            components[].modelCard.modelParameters.architectureFamily? components[].modelCard.modelParameters.approach.type?
            components[].modelCard.modelParameters.datasets[].ref components[].modelCard.modelParameters.datasets[].name
            components[].modelCard.modelParameters.datasets[].type? components[].modelCard.modelParameters.datasets[].description?
            components[].modelCard.modelParameters.datasets[].classification? components[].modelCard.modelParameters.datasets[].contents.url?
            services[].name services[].group services[].version? services[].description? services[].provider.name services[].bom-ref
            services[].x-trust-boundary services[].endpoints** services[].data[].classification?
            """,
            Same
        );

    public static BomDocument Read(JsonElement root)
    {
        if (root.Text("bomFormat") != "CycloneDX")
            throw BomReader.Wrong("$.bomFormat", "It must be CycloneDX.");
        var schema = BomReader.CycloneDxSchema(root.Text("specVersion"));
        var violations = schema.Violations(root);
        if (violations.Where(Parts.Matters).ToList() is { Count: > 0 } counting)
            throw new InputInvalid("file", ReadParts.Told(schema, counting)!);
        var serial = root.Text("serialNumber");
        if (serial is not null && !Serial().IsMatch(serial))
            throw BomReader.Wrong("$.serialNumber", "It must be urn:uuid: with a whole UUID.");
        var bill = new Bill(root);
        var said = bill.Subject ?? serial;
        var identity = BomIdentity.Of(said, bill.Assets);
        return new BomDocument(schema.Name, identity, serial ?? identity.Key, bill.Assets, bill.Relations, bill.Others)
        {
            Versions = bill.Versions.All,
            Descents = bill.Versions.Descents,
            Remarks =
            [
                .. new[] { ReadParts.Told(schema, violations), Parts.NotRead(root) }.OfType<string>(),
                .. said is null ? [BomIdentity.Remark] : Array.Empty<string>(),
                .. bill.Remarks,
            ],
        };
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
        private readonly BomRemarks _remarks = new();
        private readonly List<(JsonElement Component, string Key, BomVersionName? Version, string Place)> _made = [];

        public Bill(JsonElement root)
        {
            Versions = new BomVersions(_remarks);
            foreach (var (component, place) in root.List("components", "$"))
                Component(component, place, null);
            foreach (var (service, place) in root.List("services", "$"))
                Service(service, place);
            if (root.Part("metadata")?.Part("component") is { } subject)
                TakeSubject(subject);
            foreach (var (from, reference, place) in _trainedOnRefs)
                if (Named(reference, $"{place}.ref") is { } key)
                    _relations.Add(new BomRelation(from, LinkTypes.TrainedOn, key));
            Dependencies(root);
            foreach (var (component, key, version, place) in _made)
                Pedigree(component, key, version, place);
            Versions.Follow(_relations);
        }

        public BomVersions Versions { get; }

        public string? Subject { get; private set; }

        public int Others { get; private set; }

        public IReadOnlyList<string> Remarks => _remarks.Some;

        public IReadOnlyList<BomAsset> Assets => [.. _byKey.Values];

        public IReadOnlyList<BomRelation> Relations => [.. _relations.Where(r => r.From != r.To)];

        // A component within another is a part of it (assembly), also where what lies between becomes no asset.
        private void Component(JsonElement component, string place, string? within)
        {
            var type = component.Text("type") ?? throw BomReader.Wrong($"{place}.type", "A component needs a type.");
            var name = component.Text("name") ?? throw BomReader.Wrong($"{place}.name", "A component needs a name.");
            string? key = null;
            if (type is "machine-learning-model")
                key = Model(component, name, place);
            else if (type is "data" && IsDataset(component))
                key = Keep(
                    component,
                    "dataset",
                    name,
                    DescribeData(component),
                    LocationOf(component),
                    Classification(component, place),
                    place
                );
            else
            {
                Others++;
                Remember(component, place);
            }
            if (key is not null)
                Tell(component, key, place);
            if (key is not null && within is not null)
                Relate(within, key);
            Children(component, place, key ?? within);
        }

        private void Tell(JsonElement component, string key, string place)
        {
            var version = Versions.Tell(
                key,
                component.Text("version"),
                CycloneDxHashes.Of(component, place, _remarks),
                CycloneDxHashes.Distribution(component),
                place
            );
            _made.Add((component, key, version, place));
        }

        /// <summary>What it descends from becomes an asset too: whoever exchanges that exchanges both.</summary>
        private void Pedigree(JsonElement component, string key, BomVersionName? version, string place)
        {
            foreach (var (ancestor, from) in component.Part("pedigree")?.List("ancestors", $"{place}.pedigree") ?? [])
            {
                var kind = ancestor.Text("type") switch
                {
                    "machine-learning-model" => "model",
                    "data" => "dataset",
                    _ => null,
                };
                if (kind is null || ancestor.Text("name") is not { } name)
                {
                    _remarks.Say("Neither a model nor data, so nothing is made from it here:", from);
                    continue;
                }
                var origin = Keep(ancestor, kind, name, DescribeData(ancestor), LocationOf(ancestor), null, from);
                var told = Versions.Tell(
                    origin,
                    ancestor.Text("version"),
                    CycloneDxHashes.Of(ancestor, from, _remarks),
                    CycloneDxHashes.Distribution(ancestor),
                    from,
                    isAncestor: true
                );
                Versions.Descends(version, told);
                Relate(key, origin);
                Pedigree(ancestor, origin, told, from);
            }
        }

        private void Children(JsonElement component, string place, string? within)
        {
            foreach (var (child, childPlace) in component.List("components", place))
                Component(child, childPlace, within);
        }

        /// <summary>
        /// Data that say they are source code, a configuration or a definition, all of them, are no dataset.
        /// </summary>
        private static bool IsDataset(JsonElement component)
        {
            var types = component.List("data", "$").Select(d => d.Element.Text("type")).ToList();
            return types.Count == 0 || types.Any(IsDataset);
        }

        private static bool IsDataset(string? type) => type is "dataset" or "other" or null;

        private string Model(JsonElement component, string name, string place)
        {
            var parameters = component.Part("modelCard")?.Part("modelParameters") ?? default;
            var key = Keep(
                component,
                "model",
                name,
                DescribeModel(component, parameters),
                LocationOf(component),
                null,
                place
            );
            foreach (var (dataset, datasetPlace) in parameters.List("datasets", $"{place}.modelCard.modelParameters"))
            {
                if (dataset.Text("ref") is { } reference)
                    _trainedOnRefs.Add((key, reference, datasetPlace));
                else if (dataset.Text("name") is { } datasetName && IsDataset(dataset.Text("type")))
                    _relations.Add(
                        new BomRelation(
                            key,
                            LinkTypes.TrainedOn,
                            Keep(
                                dataset,
                                "dataset",
                                datasetName,
                                dataset.Text("description"),
                                dataset.Part("contents")?.Text("url"),
                                Classification(dataset, datasetPlace),
                                datasetPlace
                            )
                        )
                    );
            }
            return key;
        }

        private void Service(JsonElement service, string place)
        {
            var name = service.Text("name") ?? throw BomReader.Wrong($"{place}.name", "A service needs a name.");
            var outside =
                service.Part("provider")?.Text("name") is not null
                || (
                    service.TryGetProperty("x-trust-boundary", out var crosses)
                    && crosses.ValueKind == JsonValueKind.True
                );
            var address = service
                .List("endpoints", place)
                .Select(e => e.Element.ValueKind == JsonValueKind.String ? e.Element.GetString() : null)
                .FirstOrDefault();
            Keep(
                service,
                outside ? "supplier-api" : "endpoint",
                name,
                Join(VersionOf(service), service.Text("description")),
                address,
                Classification(service, place),
                place
            );
            foreach (var (child, childPlace) in service.List("services", place))
                Service(child, childPlace);
        }

        private void TakeSubject(JsonElement subject)
        {
            if (subject.Text("name") is not { } name)
                return;
            Subject = KeyOf(subject, subject.Text("type") ?? "application", name, "$.metadata.component");
            var models = _byKey.Values.Where(a => a.Kind == "model").Select(a => a.Key).ToList();
            string? carrier = null;
            if (subject.Text("type") is "machine-learning-model")
            {
                carrier = Model(subject, name, "$.metadata.component");
                Tell(subject, carrier, "$.metadata.component");
            }
            else if (models.Count > 0)
            {
                var endpoint = Keep(
                    subject,
                    "endpoint",
                    name,
                    Join(
                        VersionOf(subject),
                        subject.Text("description") ?? "The application that carries the models of this bill."
                    ),
                    null,
                    null,
                    "$.metadata.component"
                );
                foreach (var model in models)
                    _relations.Add(new BomRelation(model, LinkTypes.DeployedTo, endpoint));
            }
            else
                Remember(subject, "$.metadata.component");
            Children(subject, "$.metadata.component", carrier);
        }

        private void Dependencies(JsonElement root)
        {
            var seen = new HashSet<string>();
            foreach (var (dependency, place) in root.List("dependencies", "$"))
            {
                var reference =
                    dependency.Text("ref")
                    ?? throw BomReader.Wrong($"{place}.ref", "A dependency names the component that depends.");
                if (!seen.Add(reference))
                    throw BomReader.Wrong($"{place}.ref", $"'{reference.Cut(80)}' is listed twice.");
                var from = Named(reference, $"{place}.ref");
                var named = new HashSet<string>();
                foreach (var (on, onPlace) in dependency.List("dependsOn", place))
                {
                    if (on.ValueKind != JsonValueKind.String)
                        throw BomReader.Wrong(onPlace, "The reference of a component is needed.");
                    if (!named.Add(on.GetString()!))
                        throw BomReader.Wrong(onPlace, $"'{on.GetString()!.Cut(80)}' is named twice.");
                    var to = Named(on.GetString()!.Trim(), onPlace);
                    if (from is not null && to is not null)
                        Relate(from, to);
                }
            }
        }

        /// <summary>
        /// The asset with a reference; none for a component that does not become one. One that is not in the bill is
        /// said.
        /// </summary>
        private string? Named(string reference, string place)
        {
            if (!_refs.Contains(reference))
                _remarks.Missing(reference, place);
            return _keyByRef.GetValueOrDefault(reference);
        }

        private void Relate(string from, string to)
        {
            var trained = _byKey[from].Kind == "model" && _byKey[to].Kind == "dataset";
            if (_relations.Contains(new BomRelation(to, LinkTypes.DeployedTo, from)))
                return;
            _relations.Add(new BomRelation(from, trained ? LinkTypes.TrainedOn : LinkTypes.DependsOn, to));
        }

        private string Keep(
            JsonElement element,
            string kind,
            string name,
            string? description,
            string? location,
            int? confidentiality,
            string place
        )
        {
            var group = element.Text("group");
            var isGrouped = group is not null && !name.StartsWith(group, StringComparison.Ordinal);
            var title = BomRemarks.Whole(
                isGrouped ? $"{group}/{name}" : name,
                200,
                isGrouped ? $"{place}.group and name" : $"{place}.name"
            );
            var key = KeyOf(element, kind, name, place);
            var asset = new BomAsset(
                key,
                kind,
                title,
                _remarks.Shortened(description, 4000, $"the description of {place}"),
                _remarks.Shortened(location, 1000, $"the address of {place}"),
                confidentiality
            );
            if (!_byKey.TryAdd(key, asset) && _byKey[key] != asset)
                _remarks.Say(
                    "The same asset as an earlier part of the bill, which counts where they differ:",
                    $"'{title.Cut(80)}' at {place}"
                );
            if (Remember(element, place) is { } reference)
                _keyByRef[reference] = key;
            return key;
        }

        /// <summary>The highest level that an element or one of its data says.</summary>
        private int? Classification(JsonElement element, string place) =>
            element
                .List("data", place)
                .Prepend((Element: element, Place: place))
                .Select(d => _remarks.Level(d.Element.Text("classification"), Levels.Of, $"{d.Place}.classification"))
                .Max();

        private string? Remember(JsonElement element, string place)
        {
            if (element.Text("bom-ref") is not { } reference)
                return null;
            if (!_refs.Add(reference) && !place.StartsWith("$.metadata", StringComparison.Ordinal))
                throw BomReader.Wrong($"{place}.bom-ref", $"'{reference.Cut(80)}' is used twice.");
            return reference;
        }
    }

    private static string KeyOf(JsonElement element, string kind, string name, string place)
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

    private static string? DescribeModel(JsonElement component, JsonElement parameters) =>
        Join(
            VersionOf(component),
            component.Text("description"),
            Labelled("Publisher", component.Text("publisher")),
            Labelled("Task", parameters.Text("task")),
            Labelled("Architecture", parameters.Text("modelArchitecture") ?? parameters.Text("architectureFamily")),
            Labelled("Approach", parameters.Part("approach")?.Text("type")),
            Labelled("Licence", LicenceOf(component))
        );

    private static string? DescribeData(JsonElement component) =>
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

    private static string? LocationOf(JsonElement component) =>
        component
            .List("externalReferences", "$")
            .OrderBy(r => r.Element.Text("type") is "distribution" or "vcs" ? 0 : 1)
            .Select(r => r.Element.Text("url"))
            .FirstOrDefault(u => u is not null);

    private static string? VersionOf(JsonElement element) => Labelled("Version", element.Text("version"));

    private static string? Labelled(string label, string? value) => value is null ? null : $"{label} {value}";

    private static string? Join(params string?[] parts) =>
        parts.Where(p => p is not null).ToList() is { Count: > 0 } said
            ? string.Join(". ", said.Select(s => s!.TrimEnd('.'))) + "."
            : null;
}

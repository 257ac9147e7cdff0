using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>Collects what one bill says; references are resolved once everything is known.</summary>
internal sealed class CycloneDxBill
{
    private readonly List<(string From, string DatasetRef, string Place)> _trainedOnRefs = [];
    private readonly BomRemarks _remarks = new();
    private readonly CycloneDxAssets _assets;
    private readonly List<(JsonElement Component, string Key, BomVersionName? Version, string Place)> _made = [];

    public CycloneDxBill(JsonElement root)
    {
        (Versions, _assets) = (new BomVersions(_remarks), new CycloneDxAssets(_remarks));
        foreach (var (component, place) in root.List("components", "$"))
            Component(component, place, null);
        foreach (var (service, place) in root.List("services", "$"))
            Service(service, place);
        if (root.Part("metadata")?.Part("component") is { } subject)
            TakeSubject(subject);
        foreach (var (from, reference, place) in _trainedOnRefs)
            if (_assets.Named(reference, $"{place}.ref") is { } key)
                _assets.Relations.Add(new BomRelation(from, LinkTypes.TrainedOn, key));
        Dependencies(root);
        foreach (var (component, key, version, place) in _made)
            Pedigree(component, key, version, place);
        Versions.Follow(_assets.Relations);
    }

    public BomVersions Versions { get; }

    public string? Subject { get; private set; }

    public int Others { get; private set; }

    public IReadOnlyList<string> Remarks => _remarks.Some;

    public IReadOnlyList<BomAsset> Assets => _assets.All;

    public IReadOnlyList<BomRelation> Relations => [.. _assets.Relations.Where(r => r.From != r.To)];

    // A component within another is a part of it (assembly), also where what lies between becomes no asset.
    private void Component(JsonElement component, string place, string? within)
    {
        var type = component.Text("type") ?? throw BomReader.Wrong($"{place}.type", "A component needs a type.");
        var name = component.Text("name") ?? throw BomReader.Wrong($"{place}.name", "A component needs a name.");
        string? key = null;
        if (type is "machine-learning-model")
            key = Model(component, name, place);
        else if (type is "data" && IsDataset(component))
            key = _assets.Keep(
                component,
                "dataset",
                name,
                CycloneDxWords.DescribeData(component),
                CycloneDxWords.LocationOf(component),
                _assets.Classification(component, place),
                place
            );
        else
        {
            Others++;
            _assets.Remember(component, place);
        }
        if (key is not null)
            Tell(component, key, place);
        if (key is not null && within is not null)
            _assets.Relate(within, key);
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
            var origin = _assets.Keep(
                ancestor,
                kind,
                name,
                CycloneDxWords.DescribeData(ancestor),
                CycloneDxWords.LocationOf(ancestor),
                null,
                from
            );
            var told = Versions.Tell(
                origin,
                ancestor.Text("version"),
                CycloneDxHashes.Of(ancestor, from, _remarks),
                CycloneDxHashes.Distribution(ancestor),
                from,
                isAncestor: true
            );
            Versions.Descends(version, told);
            _assets.Relate(key, origin);
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
        var key = _assets.Keep(
            component,
            "model",
            name,
            CycloneDxWords.DescribeModel(component, parameters),
            CycloneDxWords.LocationOf(component),
            null,
            place
        );
        foreach (var (dataset, datasetPlace) in parameters.List("datasets", $"{place}.modelCard.modelParameters"))
        {
            if (dataset.Text("ref") is { } reference)
                _trainedOnRefs.Add((key, reference, datasetPlace));
            else if (dataset.Text("name") is { } datasetName && IsDataset(dataset.Text("type")))
                _assets.Relations.Add(
                    new BomRelation(
                        key,
                        LinkTypes.TrainedOn,
                        _assets.Keep(
                            dataset,
                            "dataset",
                            datasetName,
                            dataset.Text("description"),
                            dataset.Part("contents")?.Text("url"),
                            _assets.Classification(dataset, datasetPlace),
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
            || (service.TryGetProperty("x-trust-boundary", out var crosses) && crosses.ValueKind == JsonValueKind.True);
        var address = service
            .List("endpoints", place)
            .Select(e => e.Element.ValueKind == JsonValueKind.String ? e.Element.GetString() : null)
            .FirstOrDefault();
        _assets.Keep(
            service,
            outside ? "supplier-api" : "endpoint",
            name,
            CycloneDxWords.Join(CycloneDxWords.VersionOf(service), service.Text("description")),
            address,
            _assets.Classification(service, place),
            place
        );
        foreach (var (child, childPlace) in service.List("services", place))
            Service(child, childPlace);
    }

    private void TakeSubject(JsonElement subject)
    {
        if (subject.Text("name") is not { } name)
            return;
        Subject = CycloneDxWords.KeyOf(subject, subject.Text("type") ?? "application", name, "$.metadata.component");
        var models = _assets.All.Where(a => a.Kind == "model").Select(a => a.Key).ToList();
        string? carrier = null;
        if (subject.Text("type") is "machine-learning-model")
        {
            carrier = Model(subject, name, "$.metadata.component");
            Tell(subject, carrier, "$.metadata.component");
        }
        else if (models.Count > 0)
        {
            var endpoint = _assets.Keep(
                subject,
                "endpoint",
                name,
                CycloneDxWords.Join(
                    CycloneDxWords.VersionOf(subject),
                    subject.Text("description") ?? "The application that carries the models of this bill."
                ),
                null,
                null,
                "$.metadata.component"
            );
            foreach (var model in models)
                _assets.Relations.Add(new BomRelation(model, LinkTypes.DeployedTo, endpoint));
        }
        else
            _assets.Remember(subject, "$.metadata.component");
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
            var from = _assets.Named(reference, $"{place}.ref");
            var named = new HashSet<string>();
            foreach (var (on, onPlace) in dependency.List("dependsOn", place))
            {
                if (on.ValueKind != JsonValueKind.String)
                    throw BomReader.Wrong(onPlace, "The reference of a component is needed.");
                if (!named.Add(on.GetString()!))
                    throw BomReader.Wrong(onPlace, $"'{on.GetString()!.Cut(80)}' is named twice.");
                var to = _assets.Named(on.GetString()!.Trim(), onPlace);
                if (from is not null && to is not null)
                    _assets.Relate(from, to);
            }
        }
    }
}

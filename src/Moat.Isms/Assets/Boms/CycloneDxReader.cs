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
        var bill = new CycloneDxBill(root);
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
}

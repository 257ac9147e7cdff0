#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// What a release consists of, as CycloneDX 1.6, and whether that is what the lock files hold:
// dotnet run tools/sbom.cs -- VERSION RID ASSETS-FILE LOCK-OF-THE-RELEASE COMMITTED-LOCK NPM-LOCK OUTPUT
// Ends with 1 where a package of the release is not locked, or has another hash.
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

// Packages that build a release and are not in it.
string[] tools = ["Microsoft.NET.ILLink.Tasks", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];
var (version, rid, output) = (args[0], args[1], args[6]);
var (assets, released, committed, npm) = (Read(args[2]), Read(args[3]), Read(args[4]), Read(args[5]));
var folders = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToList();
var locked = committed["dependencies"]!["net10.0"]!.AsObject();
var wrong = new List<string>();
var components = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);

foreach (var (name, entry) in released["dependencies"]!.AsObject().SelectMany(f => f.Value!.AsObject()))
{
    if ((string)entry!["type"]! == "Project" || tools.Contains(name))
        continue;
    if ((string?)locked[name]?["contentHash"] != (string)entry["contentHash"]!)
        wrong.Add($"{name} {entry["resolved"]} is not what src/Moat.Cli/packages.lock.json holds.");
    AddPackage(name, (string)entry["resolved"]!);
}
foreach (var pack in assets["project"]!["frameworks"]!["net10.0"]!["downloadDependencies"]!.AsArray())
    if ((string)pack!["name"]! is var name && !name.Contains(".Crossgen2.", StringComparison.Ordinal))
        AddPackage(name, ((string)pack["version"]!).Split(',')[0].Trim('['));
// What the program carries inside itself of what npm brings: styles and icons.
foreach (var (path, package) in npm["packages"]!.AsObject().Where(p => p.Key.StartsWith("node_modules/@tabler/")))
{
    var (name, number) = (path["node_modules/".Length..], (string)package!["version"]!);
    var purl = $"pkg:npm/{name.Replace("@", "%40", StringComparison.Ordinal)}@{number}";
    Add(name, number, purl, ((string)package["integrity"]!)["sha512-".Length..], (string?)package["license"]);
}
if (wrong.Count > 0)
{
    Console.Error.WriteLine(string.Join('\n', wrong));
    return 1;
}

var all = new JsonArray([.. components.Values]);
// The same release has the same number, so that it can be made again.
var serial = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{version} {rid} {all.ToJsonString()}")).AsSpan(0, 16));
var bom = new JsonObject
{
    ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["serialNumber"] = $"urn:uuid:{serial}",
    ["version"] = 1,
    ["metadata"] = new JsonObject
    {
        ["timestamp"] = DateTimeOffset
            .FromUnixTimeSeconds(long.Parse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")!))
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        ["component"] = new JsonObject
        {
            ["type"] = "application",
            ["bom-ref"] = "moat",
            ["name"] = "moat",
            ["version"] = version,
            ["licenses"] = License("Apache-2.0"),
            ["properties"] = new JsonArray(new JsonObject { ["name"] = "moat:rid", ["value"] = rid }),
        },
    },
    ["components"] = all,
};
var json = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
File.WriteAllText(output, bom.ToJsonString(json) + "\n");
Console.WriteLine($"{components.Count} packages, all as locked.");
return 0;

static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file))!;

static JsonArray License(string id) =>
    new(
        id.Contains(' ')
            ? new JsonObject { ["expression"] = id }
            : new JsonObject { ["license"] = new JsonObject { ["id"] = id } }
    );

void AddPackage(string name, string number)
{
    var folder = folders.Select(f => Path.Combine(f, name.ToLowerInvariant(), number)).First(Directory.Exists);
    var hash = File.ReadAllText(Directory.GetFiles(folder, "*.nupkg.sha512").Single());
    var specification = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!;
    var license = specification
        .Descendants()
        .FirstOrDefault(e => e.Name.LocalName == "license" && (string?)e.Attribute("type") == "expression")
        ?.Value;
    Add(name, number, $"pkg:nuget/{name}@{number}", hash, license);
}

void Add(string name, string number, string purl, string hash, string? license)
{
    var component = new JsonObject
    {
        ["type"] = "library",
        ["bom-ref"] = purl,
        ["name"] = name,
        ["version"] = number,
        ["hashes"] = new JsonArray(
            new JsonObject
            {
                ["alg"] = "SHA-512",
                ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(hash.Trim())),
            }
        ),
    };
    if (license is not null)
        component["licenses"] = License(license);
    component["purl"] = purl;
    components[purl] = component;
}

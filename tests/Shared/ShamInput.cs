using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>Makes an input for any operation, from what its fields ask for and the references that there are.</summary>
internal sealed class ShamInput(
    Random random,
    Func<int, string> text,
    DateOnly today,
    IReadOnlyDictionary<string, IReadOnlyList<string>> references,
    IReadOnlyList<string> controls
)
{
    private static readonly string[] Later = ["due", "until", "next", "verify", "ends", "scheduled"];
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["owner"] = "PER",
        ["person"] = "PER",
        ["lead"] = "PER",
        ["chair"] = "PER",
        ["manager"] = "PER",
        ["proposedBy"] = "PER",
        ["for"] = "PER",
        ["deputy"] = "PER",
        ["monitoredBy"] = "PER",
        ["invited"] = "PER",
        ["attended"] = "PER",
        ["team"] = "PER",
        ["people"] = "PER",
        ["reviewers"] = "PER",
        ["assets"] = "AST",
        ["affects"] = "AST",
        ["supplier"] = "SUP",
        ["updates"] = "RISK",
        ["becauseOf"] = "LES",
        ["source"] = "ISS",
        ["document"] = "DOC",
        ["risk"] = "RISK",
        ["risks"] = "RISK",
        ["from"] = "RISK",
        ["to"] = "LES",
        ["objective"] = "OBJ",
        ["need"] = "COMP",
        ["refs"] = "EVD",
        ["records"] = "EVD",
    };

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["harms"] = ["confidentiality", "integrity", "availability"],
        ["period"] = ["month"],
        ["kind"] = ["model", "policy", "law"],
        ["relation"] = ["depends-on"],
        ["checklist"] = ["joiner"],
        ["type"] = ["learned-from", "treats", "updates"],
        ["verdict"] = ["approves"],
        ["reasonKinds"] = ["risk"],
        ["audience"] = ["everyone"],
        ["severity"] = ["high"],
        ["unit"] = ["%"],
        ["countries"] = ["DE"],
        ["course"] = ["everyone"],
        ["requirement"] = ["6.1.2"],
        ["requirements"] = ["6.1.2"],
        ["clauses"] = ["5.2"],
        ["topic"] = ["risks", "audits", "objectives", "actions", "issues", "parties"],
        ["facts"] = ["personal-data"],
        ["processes"] = ["risks"],
        ["process"] = ["risks"],
    };

    /// <summary>The input; fields named in <paramref name="without"/> are left out.</summary>
    public JsonObject Make(Type type, string? reference, IReadOnlySet<string> without)
    {
        var made = new JsonObject();
        foreach (
            var field in InputRules
                .Of(type)
                .Where(f => f.Property.CanWrite && !without.Contains(f.Name) && f.Name is not "ifVersion")
        )
        {
            var value =
                field.Name == "ref" && reference is not null ? reference : Value(field.Property.PropertyType, field);
            if (value is not null)
                made[field.Name] = value;
        }
        return made;
    }

    private JsonNode? Value(Type declared, InputField field)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string))
            return Text(field);
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateOnly))
            return today
                .AddDays(Later.Any(l => field.Name.StartsWith(l, StringComparison.OrdinalIgnoreCase)) ? 90 : 0)
                .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(DateTime))
            return null;
        if (type.IsEnum)
            return Enum.GetNames(type)[random.Next(Enum.GetNames(type).Length)];
        if (type == typeof(int) || type == typeof(decimal) || type == typeof(double))
            return Number(field);
        if (type == typeof(List<string>))
            return new JsonArray([
                .. Enumerable
                    .Range(0, field.Rules.OfType<MinLengthAttribute>().FirstOrDefault()?.Length ?? 1)
                    .Select(_ => (JsonNode?)Text(field)),
            ]);
        if (type == typeof(Guid))
            return "0198c1f2-0000-7000-8000-000000000000";
        if (type == typeof(List<int>))
            return new JsonArray(1);
        if (type == typeof(GivenFile))
            return new JsonObject { ["name"] = "x.txt", ["content"] = Convert.ToBase64String("x"u8) };
        if (
            type.IsGenericType
            && type.GenericTypeArguments[0] is { IsClass: true } part
            && part.GetProperties().Length > 0
        )
            return new JsonArray(Make(part, null, new HashSet<string>()));
        return type is { IsClass: true, Namespace: not "System.Text.Json.Nodes" } && type.GetProperties().Length > 0
            ? Make(type, null, new HashSet<string>())
            : null;
    }

    private JsonNode Number(InputField field)
    {
        var range = field.Rules.OfType<RangeAttribute>().FirstOrDefault();
        var (low, high) = (
            Convert.ToDouble(range?.Minimum ?? 1, System.Globalization.CultureInfo.InvariantCulture),
            Convert.ToDouble(range?.Maximum ?? 5, System.Globalization.CultureInfo.InvariantCulture)
        );
        // High without a control, low with one: that is what somebody wants to see who fills in a form.
        var wanted =
            field.Name.StartsWith("inherent", StringComparison.Ordinal) ? 5
            : field.Name.StartsWith("residual", StringComparison.Ordinal) ? 2
            : field.Name.StartsWith("current", StringComparison.Ordinal) ? 4
            : 3;
        return (int)Math.Clamp(wanted, low, Math.Min(high, int.MaxValue));
    }

    private string Text(InputField field)
    {
        var (fewest, most) = (
            field.Rules.OfType<MinLengthAttribute>().FirstOrDefault()?.Length ?? 2,
            field.Rules.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length ?? 4000
        );
        if (field.Rules.OfType<EmailAddressAttribute>().Any() || field.Name == "email")
            return $"somebody{random.Next(1000)}@acme.test";
        if (field.Name is "controls" or "code")
            return controls.Count == 0 ? "A.5.1" : controls[random.Next(controls.Count)];
        if (
            field.Name.Contains("address", StringComparison.OrdinalIgnoreCase)
            || field.Name.Contains("url", StringComparison.OrdinalIgnoreCase)
        )
            return "https://acme.test/x";
        if (
            Kinds.TryGetValue(field.Name, out var kind)
            && references.TryGetValue(kind, out var known)
            && known.Count > 0
            && known[0].Length >= fewest
        )
            return known[random.Next(known.Count)];
        if (Words.TryGetValue(field.Name, out var words))
            return words[random.Next(words.Length)];
        var said = text(fewest);
        return said.Length > most ? said[..most] : said;
    }
}

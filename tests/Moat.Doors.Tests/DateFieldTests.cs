using System.Collections;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Every date that any operation takes lies within the same bounds: a date outside is refused by the name of its field,
/// and one at the edge never ends as a fault of the server. It writes what others would stumble over, so it has an
/// installation of its own.
/// </summary>
[TakesLong]
public sealed class DateFieldTests(Site site) : IClassFixture<Site>
{
    private static readonly Type[] Dates = [typeof(DateOnly), typeof(DateTime), typeof(DateTimeOffset)];
    private static readonly string[] Outside = ["9999-12-31", "0001-01-01", "2200-01-01", "1949-12-31"];
    private static readonly string[] Edges = ["2199-12-31", "1950-01-01"];

    [Fact]
    public void The_walk_over_the_inputs_finds_the_dates()
    {
        var found = Fields().Select(f => $"{f.Operation.Name} {f.Path}").ToList();
        Assert.True(found.Count > 50, string.Join('\n', found));
        Assert.Contains("incidents.measures to", found);
        Assert.Contains("events.create events.time", found);
    }

    [Fact]
    public async Task A_date_out_of_bounds_is_refused_by_the_name_of_its_field()
    {
        var wrong = new List<string>();
        foreach (var field in Fields())
        foreach (var date in Outside)
        {
            var (status, body) = await Send(field, date);
            if (
                status != HttpStatusCode.BadRequest
                || !body.Contains(InputDates.Bound, StringComparison.Ordinal)
                || !body.Contains($"{field.Path.Split('.')[^1]}\"", StringComparison.Ordinal)
            )
                wrong.Add($"{field.Operation.Name} {field.Path} {date}: {(int)status} {body}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_date_at_the_edge_is_never_a_fault_of_the_server()
    {
        var wrong = new List<string>();
        foreach (var field in Fields())
        foreach (var date in Edges)
        {
            var (status, body) = await Send(field, date);
            if ((int)status >= 500 || body.Contains(InputDates.Bound, StringComparison.Ordinal))
                wrong.Add($"{field.Operation.Name} {field.Path} {date}: {(int)status} {body}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("GET", "incidents/measures?to=9999-12-31", "")]
    [InlineData("GET", "calendar/month?month=9999-12", "")]
    [InlineData("GET", "calendar/month?month=0001-01", "")]
    [InlineData("POST", "audits/propose", """{"startsOn":"9999-12-01","years":3}""")]
    [InlineData("POST", "people/PER-1/checklist", """{"checklist":"leaver","on":"9999-12-31"}""")]
    [InlineData("POST", "people/PER-1/checklist", """{"checklist":""}""")]
    public async Task What_ended_as_a_fault_is_a_wrong_value(string method, string path, string body)
    {
        using var owner = site.With(Role.Owner);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/acme/{path}");
        if (body.Length > 0)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await owner.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private IEnumerable<DateField> Fields() =>
        site
            .Catalog.Reachable()
            .Where(o => !o.ByPerson && Role.Owner.Allows(o.Permission))
            .SelectMany(o => In(o, o.InputType, ""));

    private static IEnumerable<DateField> In(Operation operation, Type type, string before)
    {
        foreach (var field in InputRules.Of(type).Where(f => f.Property.CanWrite))
        {
            var declared = field.Property.PropertyType;
            var bare = Nullable.GetUnderlyingType(declared) ?? declared;
            if (Dates.Contains(bare))
                yield return new DateField(operation, before + field.Name, bare == typeof(DateOnly));
            var part =
                declared.IsGenericType && declared.IsAssignableTo(typeof(IEnumerable))
                    ? declared.GenericTypeArguments[0]
                    : bare;
            if (!part.IsClass || part.Namespace?.StartsWith("Moat.", StringComparison.Ordinal) != true)
                continue;
            foreach (var further in In(operation, part, $"{before}{field.Name}."))
                yield return further;
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> Send(DateField field, string date)
    {
        var operation = field.Operation;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var known = RecordKind.All.Keys.ToDictionary(k => k, k => (IReadOnlyList<string>)[$"{k}-1"]);
        var input = new ShamInput(new Random(7), n => new string('x', Math.Max(1, n)), today, known, []).Make(
            operation.InputType,
            null,
            new HashSet<string> { "ref" }
        );
        if (operation.Name == "events.create")
            Put(input, ["events", "data"], new JsonObject());
        Put(input, field.Path.Split('.'), field.IsDay ? date : $"{date}T12:00:00Z");
        var reference = RecordKind.All.Values.FirstOrDefault(k => k.Process == operation.Process)?.Prefix ?? "PER";
        var path = $"/api/v1/acme/{operation.Route.Replace("{ref}", $"{reference}-1", StringComparison.Ordinal)}";
        using var request = new HttpRequestMessage(
            new HttpMethod(operation.HttpMethod),
            operation.TakesBody ? path : path + Query(input)
        );
        if (operation.TakesBody)
            request.Content = JsonContent.Create(input);
        using var owner = site.With(Role.Owner);
        using var response = await owner.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static void Put(JsonObject input, string[] path, JsonNode value)
    {
        var at = input;
        foreach (var name in path[..^1])
            at = (at[name] ??= new JsonObject()) switch
            {
                JsonArray { Count: > 0 } list => list[0]!.AsObject(),
                var part => part.AsObject(),
            };
        at[path[^1]] = value;
    }

    private static string Query(JsonObject input) =>
        "?"
        + string.Join(
            '&',
            input.Where(v => v.Value is JsonValue).Select(v => $"{v.Key}={Uri.EscapeDataString(v.Value!.ToString())}")
        );

    private sealed record DateField(Operation Operation, string Path, bool IsDay);
}

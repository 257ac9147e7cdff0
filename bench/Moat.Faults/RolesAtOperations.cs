using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms;
using Moat.Isms.Kernel;

namespace Moat.Faults;

/// <summary>
/// Every role asks every operation at REST, with nothing, with nonsense and with inputs drawn by the operation's own
/// schema. Promise: who may not is answered 403 and nobody else is, no answer is 500, the server stays up, and the
/// journal verifies afterwards.
/// </summary>
internal static class RolesAtOperations
{
    // Ending the caller's own access is what these are for; the run would have nobody left to ask.
    private static readonly HashSet<string> EndAccess = ["access.revoke", "access.revoke-token", "people.leave"];

    public static async IAsyncEnumerable<Result> Run(Plan plan)
    {
        var random = new Random(plan.Seed);
        await using var served = await Served.Start();
        await served.Ready();
        var operations = Operations();
        var inputs = new DrawnInput(random);
        var (asked, faults, answers) = (0, new List<string>(), new SortedDictionary<int, int>());
        var clients = new Dictionary<Role, HttpClient>();
        foreach (var role in Roles.Assignable)
            clients[role] = served.Client(await served.NewToken(Word(role)));
        while (asked < plan.Requests)
        {
            foreach (var operation in operations.OrderBy(_ => random.Next()))
            foreach (var role in Roles.Assignable)
            {
                using var request = Request(operation, inputs, random);
                using var answer = await clients[role].SendAsync(request);
                asked++;
                answers[(int)answer.StatusCode] = answers.GetValueOrDefault((int)answer.StatusCode) + 1;
                var allowed = role.Allows(operation.Permission) && !operation.ByPerson;
                if (
                    answer.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.Unauthorized
                    || answer.StatusCode == HttpStatusCode.Forbidden == allowed && !await IsOwnRule(answer, allowed)
                )
                    faults.Add($"{role} {operation.Name}: {(int)answer.StatusCode}");
            }
        }
        foreach (var client in clients.Values)
            client.Dispose();
        if (await served.Verify() is { } fault)
            faults.Add(fault);
        var seen = string.Join(
            ", ",
            answers.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Value:N0} × {a.Key}"))
        );
        yield return new Result(
            $"{Roles.Assignable.Count} roles at {operations.Count} operations, drawn inputs",
            asked,
            faults.Count,
            string.Join("; ", [seen, .. faults.Distinct().Take(8)])
        );
    }

    /// <summary>
    /// A role that may use the operation can still be refused by a rule about the record, which says so itself.
    /// </summary>
    private static async Task<bool> IsOwnRule(HttpResponseMessage answer, bool allowed) =>
        allowed && !(await answer.Content.ReadAsStringAsync()).Contains("may not", StringComparison.Ordinal);

    private static List<Operation> Operations()
    {
        var services = new ServiceCollection();
        services.AddMoatIsms();
        using var provider = services.BuildServiceProvider();
        return
        [
            .. provider
                .GetRequiredService<OperationCatalog>()
                .All.Where(o => o.Permission != Permission.System && !EndAccess.Contains(o.Name)),
        ];
    }

    private static HttpRequestMessage Request(Operation operation, DrawnInput inputs, Random random)
    {
        var input = random.Next(3) switch
        {
            0 => [],
            1 => new JsonObject { ["nonsense"] = 1 },
            _ => inputs.Of(operation.InputType),
        };
        var reference = input["ref"]?.ToString() ?? "RISK-1";
        input.Remove("ref");
        var path =
            "/api/v1/acme/"
            + operation.Route.Replace(
                "{ref}",
                Uri.EscapeDataString(reference.Length is 0 or > 200 ? "RISK-1" : reference),
                StringComparison.Ordinal
            );
        if (!operation.TakesBody)
            path += "?" + Query(input);
        var request = new HttpRequestMessage(new HttpMethod(operation.HttpMethod), path);
        if (operation.TakesBody)
            request.Content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private static string Query(JsonObject input) =>
        string.Join(
            '&',
            input
                .Where(f => f.Value is JsonValue)
                .Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value!.ToString())}")
                .Where(pair => pair.Length < 2000)
                .Take(10)
        );

    private static string Word(Role role) =>
        InputBinder.Json.PropertyNamingPolicy is null
            ? role.ToString()
            : System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());
}

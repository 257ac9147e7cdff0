using System.Net;
using System.Text.Json.Nodes;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Models;

/// <summary>
/// Who may change which model. MLflow's own sign-in knows a permission for each user and model and tells it to
/// administrators; a server without that sign-in knows none. A user without a permission of their own has the server's
/// usual one, which MLflow does not tell.
/// </summary>
internal sealed class MlflowPermissions
{
    private const int MostUsers = 500;
    private const string NoSignIn = "the server has no sign-in of its own that would know permissions";
    private const string NotForThisAccount = "MLflow tells permissions to administrators only";
    private readonly MlflowApi _api;
    private readonly IReadOnlyList<JsonObject> _users;
    private readonly string? _why;

    private MlflowPermissions(MlflowApi api, IReadOnlyList<JsonObject> users, string? why, bool isLimit = false) =>
        (_api, _users, _why, Limit) = (api, users, why, isLimit ? new StatedLimit("principals", why!) : null);

    /// <summary>What this registry never tells to this account, or null.</summary>
    public StatedLimit? Limit { get; }

    /// <summary>Asks for the users, each with the permissions they have.</summary>
    public static async Task<MlflowPermissions> Read(MlflowApi api, CancellationToken ct)
    {
        var answer = await api.Get("users/list", ct);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            return new MlflowPermissions(api, [], NoSignIn, isLimit: true);
        if (answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
            return new MlflowPermissions(api, [], NotForThisAccount, isLimit: true);
        if (answer.Json.At("users") is not JsonArray)
            return new MlflowPermissions(api, [], $"MLflow answers {answer.SaysInstead} for its users");
        var users = answer.Json.At("users").Objects().Where(u => u["username"].Text() is not null).ToList();
        return users.Count > MostUsers
            ? new MlflowPermissions(
                api,
                [],
                $"the server has {users.Count} users; {MostUsers} are asked for at most",
                isLimit: true
            )
            : new MlflowPermissions(api, users, null);
    }

    /// <summary>Writes into the fact who has a permission of their own on the model, or why that is unknown.</summary>
    public async Task Tell(JsonObject fact, string model, CancellationToken ct)
    {
        if (_why is not null)
        {
            fact.Unknown("principals", _why);
            return;
        }
        var principals = new JsonArray();
        foreach (var user in _users)
        {
            var name = user["username"].Text()!;
            if (user["is_admin"].Flag() == true)
            {
                principals.Add((JsonNode)new JsonObject { ["id"] = name, ["permission"] = "ADMIN" });
                continue;
            }
            var answer = await _api.Get(
                $"registered-models/permissions/get?name={Uri.EscapeDataString(model)}&username={Uri.EscapeDataString(name)}",
                ct
            );
            // 404: the user has no permission of their own on this model.
            if (answer.Status == HttpStatusCode.NotFound)
                continue;
            if (
                answer.Json.At("registered_model_permission").At("permission").Text() is not { } permission
                || !answer.Ok
            )
            {
                fact.Unknown("principals", $"MLflow answers {answer.SaysInstead} for the permission of {name}");
                return;
            }
            principals.Add((JsonNode)new JsonObject { ["id"] = name, ["permission"] = permission });
        }
        fact["principals"] = principals;
    }
}

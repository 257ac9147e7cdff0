using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Training;
using Moat.Server.Accounts;
using Moat.Server.Host;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>What the server does by itself each day, as operations that the journal tells of.</summary>
public sealed class DailyRoundTests
{
    [Fact]
    public async Task Training_once_begun_is_kept_up_and_the_day_s_readiness_is_kept_once()
    {
        using var folder = new TemporaryFolder();
        await using var app = MoatServer.Build(new ServerOptions { Storage = new StorageOptions { DataFolder = folder.Path }, Url = "http://127.0.0.1:0" });
        var owner = await Found(app);
        var round = app.Services.GetRequiredService<DailyRound>();
        await round.RunOnce(CancellationToken.None);
        Assert.Empty(await Assignments(app, owner));

        await Do(app, owner, "training.assign", new JsonObject { ["course"] = "everyone", ["people"] = new JsonArray("PER-1"), ["reason"] = "We begin.", ["days"] = 30 });
        await Do(app, owner, "people.create", new JsonObject { ["name"] = "Nia New", ["email"] = "nia@acme.test" });
        await round.RunOnce(CancellationToken.None);
        Assert.Contains(await Assignments(app, owner), a => a is { Person: "Nia New", CourseId: "everyone" });

        var before = await Size(app, owner);
        await round.RunOnce(CancellationToken.None);
        Assert.Equal(before, await Size(app, owner));
    }

    private static async Task<IReadOnlyList<AssignmentView>> Assignments(WebApplication app, Caller owner) =>
        ((Page<AssignmentView>)await Do(app, owner, "training.list", new JsonObject { ["limit"] = 100 })).Items;

    private static async Task<int> Size(WebApplication app, Caller owner)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = owner;
        return scope.ServiceProvider.GetRequiredService<MoatDb>().Journal.Count();
    }

    private static async Task<Caller> Found(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await desk.Create("ada@acme.test", "Ada Acme", Site.Password);
        await desk.Found("acme", "Acme", account, "ui", CancellationToken.None);
        return (await scope.ServiceProvider.GetRequiredService<AccessDirectory>().Member("acme", account.Id, "Ada Acme", "ui", CancellationToken.None))!;
    }

    private static async Task<object> Do(WebApplication app, Caller caller, string operation, JsonObject input)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller;
        return await scope.ServiceProvider.GetRequiredService<IsmsSession>().Run(scope.ServiceProvider.GetRequiredService<OperationCatalog>().Find(operation)!, input, CancellationToken.None);
    }
}

using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Hosting;

/// <summary>Runs operations as the installation itself, each in a scope of its own.</summary>
public sealed class InstallationWork(IServiceScopeFactory scopes, OperationCatalog catalog)
{
    /// <summary>Every organisation.</summary>
    public async Task<IReadOnlyList<Organization>> Organizations(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccessDirectory>().Organizations(ct);
    }

    /// <summary>The organisations in which something waits, asked for all of them at once.</summary>
    public async Task<IReadOnlyList<Organization>> Waiting(
        Func<MoatDb, Expression<Func<Organization, bool>>> question,
        CancellationToken ct
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WaitingWork>().Where(question, ct);
    }

    /// <summary>Runs an operation that needs no input, by name.</summary>
    public async Task Do(Organization organization, string operation, CancellationToken ct)
    {
        await using var scope = Scope(organization);
        await scope
            .ServiceProvider.GetRequiredService<IsmsSession>()
            .Run(catalog.Find(operation)!, new JsonObject(), ct);
    }

    /// <summary>Runs an operation named in code.</summary>
    public async Task<TResult> Run<TProcess, TInput, TResult>(
        Organization organization,
        Func<TProcess, Func<TInput, CancellationToken, Task<TResult>>> operation,
        TInput input,
        CancellationToken ct
    )
        where TProcess : class
        where TInput : class
        where TResult : class
    {
        await using var scope = Scope(organization);
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        return await session.Run(operation(session.Of<TProcess>()), input, ct);
    }

    private AsyncServiceScope Scope(Organization organization)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = Caller.System(
            organization.Id,
            organization.Slug
        );
        return scope;
    }
}

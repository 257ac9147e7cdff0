[assembly: AssemblyFixture(typeof(Moat.Tests.PostgresClusterEnd))]

namespace Moat.Tests;

/// <summary>
/// Ends the cluster within the run of the tests: the files of hundreds of databases take longer to remove than xUnit
/// lets a process take to exit.
/// </summary>
public sealed class PostgresClusterEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await PreparedCompany.End();
        await PostgresCluster.End();
    }
}

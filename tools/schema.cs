#:project ../src/Moat.Storage/Moat.Storage.csproj
#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// Prints what a migration has to hold for tables that the model has and the database does not: dotnet run tools/schema.cs -- sqlite|postgres table …
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms;
using Moat.Isms.Kernel;
using Moat.Storage;

var postgres = args[0] == "postgres";
var services = new ServiceCollection().AddLogging();
services.AddMoatIsms(typeof(MoatIsms).Assembly);
services.AddMoatStorage(new StorageOptions { DataFolder = Path.GetTempPath(), Postgres = postgres ? "Host=nowhere" : null });
await using var provider = services.BuildServiceProvider();
await using var scope = provider.CreateAsyncScope();
var script = scope.ServiceProvider.GetRequiredService<MoatDb>().Database.GenerateCreateScript();
var statements = Regex.Split(script, @";\s*\n").Select(s => s.Trim()).Where(s => s.Length > 0).ToList();
foreach (var table in args[1..])
{
    foreach (var statement in statements.Where(s => Regex.IsMatch(s, $"(CREATE TABLE|CREATE (UNIQUE )?INDEX .* ON) \"?{table}\"?[ (\n]")))
        Console.WriteLine(statement + ";\n");
    if (!postgres) continue;
    Console.WriteLine($"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON {table} USING (
            organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
            OR (SELECT current_setting('moat.organization', true) = '*'));

        """);
}

using System.Text;
using Moat.Isms.Evidence.Directories;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>
/// Accounts of a directory: leavers that can still sign in, accounts without a person, and what a directory does not
/// say.
/// </summary>
public sealed class DirectoryTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Leavers_strangers_and_missing_second_factors_are_found(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var lena = await company.Run<PeopleProcess, CreatePerson, Done>(
            p => p.Create,
            new CreatePerson { Name = "Lena Left", Email = "lena@acme.test" }
        );
        await company.Run<PeopleProcess, CreatePerson, Done>(
            p => p.Create,
            new CreatePerson { Name = "Ada Active", Email = "ada@acme.test" }
        );
        await company.Do("people.edit", new { @ref = lena.Ref, leftOn = "2026-02-27" });
        var taken = await Import(
            company,
            "User principal name,Display name,Status,MFA status\nlena@acme.test,Lena,enabled,enforced\nada@acme.test,Ada,Active,none\nghost@acme.test,Ghost,active,\n"
        );
        Assert.Equal((3, 3, 0, 0), (taken.Accounts, taken.Discovered, taken.Changed, taken.Gone));
        Assert.Empty(taken.Remarks);
        Assert.Equal(["Lena Failing"], await Outcomes(company, "directory-leavers-disabled"));
        Assert.Equal(
            ["Ada Failing", "Ghost Unknown", "Lena Passing"],
            await Outcomes(company, "directory-second-factor")
        );
        Assert.Equal(
            ["Ada Passing", "Ghost Failing", "Lena Passing"],
            await Outcomes(company, "directory-account-known")
        );

        company.Clock.Advance(TimeSpan.FromHours(1));
        taken = await Import(
            company,
            "email,name,status,mfa\nlena@acme.test,Lena,disabled,enforced\nada@acme.test,Ada,active,yes\n",
            complete: true
        );
        Assert.Equal((2, 1), (taken.Changed, taken.Gone));
        Assert.Equal(["Lena Passing"], await Outcomes(company, "directory-leavers-disabled"));
        Assert.Equal(
            "Ghost",
            Assert
                .Single(
                    (
                        await company.Run<ResourceProcess, ListResources, Page<ResourceRow>>(
                            p => p.List,
                            new ListResources { Gone = true }
                        )
                    ).Items
                )
                .Name
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_word_that_is_not_understood_is_named_and_leaves_the_account_unknown(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var taken = await Import(
            company,
            "email,name,Status,MFA\nada@acme.test,Ada,Staged,yes\n"
                + "bo@acme.test,Bo,active,perhaps\ncy@acme.test,Cy,,yes\ndi@acme.test,Di,disabled,perhaps\n"
        );
        Assert.Equal(
            [
                "'Staged' in row 2, column 'Status' is not understood.",
                "'perhaps' in row 3, column 'MFA' is not understood.",
                "'perhaps' in row 5, column 'MFA' is not understood.",
            ],
            taken.Remarks
        );
        Assert.Equal(["Ada Unknown", "Bo Unknown", "Cy Unknown"], await Outcomes(company, "directory-second-factor"));
        Assert.Equal(["Ada Unknown", "Bo Failing", "Cy Unknown"], await Outcomes(company, "directory-account-known"));
        var details = (await FactTests.Check(company, "directory-second-factor")).Resources.ToDictionary(
            r => r.Name,
            r => r.Detail
        );
        Assert.Equal("active is not known: 'Staged' is not understood", details["Ada"]);
        Assert.Equal("mfa is not known: 'perhaps' is not understood", details["Bo"]);
        Assert.Equal("active is not known: the directory does not say", details["Cy"]);
        taken = await Import(
            company,
            """{"Resources":[{"userName":"ed","active":"locked"},{"userName":"flo","active":true}]}"""
        );
        Assert.Equal(["'locked' in user 1, 'active' is not understood."], taken.Remarks);
    }

    [Theory]
    [InlineData(
        """{"Resources":[{"id":"1","userName":"ada","displayName":"Ada","active":"True","emails":[{"value":"x@acme.test"},{"value":"ada@acme.test","primary":true}]},{"id":"g","displayName":"Group"}]}""",
        "1 Ada ada@acme.test True "
    )]
    [InlineData("""{"id":"2","userName":"bo@acme.test","active":false}""", "2 bo@acme.test bo@acme.test False ")]
    [InlineData("email,suspended\ncy@acme.test,true\n", "cy@acme.test cy@acme.test cy@acme.test False ")]
    [InlineData("email,Account disabled\ncy@acme.test,no\n", "cy@acme.test cy@acme.test cy@acme.test True ")]
    [InlineData("email,Account disabled\ncy@acme.test,TRUE\n", "cy@acme.test cy@acme.test cy@acme.test False ")]
    [InlineData("email,Account locked\ncy@acme.test,yes\n", "cy@acme.test cy@acme.test cy@acme.test  ")]
    [InlineData("email,Suspended\ncy@acme.test,suspended\n", "cy@acme.test cy@acme.test cy@acme.test False ")]
    public void Tables_and_scim_are_read(string text, string account)
    {
        var read = Assert.Single(DirectoryReader.Read(File(text)).Accounts);
        Assert.Equal(account, $"{read.Id} {read.Name} {read.Email} {read.Active} {read.SecondFactor}");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Resources":[{"displayName":"Group"}]}""")]
    [InlineData("colour,size\nblue,1\n")]
    [InlineData("email,status\n")]
    [InlineData("[{}]")]
    [InlineData("""{"Resources":[{"userName":"a"},7]}""")]
    [InlineData(
        """{"Resources":[{"userName":"a"},{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"2"}]}"""
    )]
    [InlineData("""{"Resources":[{"userName":"a"},{"userName":7}]}""")]
    [InlineData("""{"userName":7}""")]
    [InlineData("email,status\nada@acme.test,active\nada@acme.test,disabled\n")]
    [InlineData("""{"Resources":[{"id":"1","userName":"a","active":true},{"id":"1","userName":"b","active":false}]}""")]
    public void What_is_no_directory_is_refused(string text) =>
        Assert.Throws<InputInvalid>(() => DirectoryReader.Read(File(text)));

    [Fact]
    public async Task Rows_that_are_no_accounts_and_cells_with_errors_are_named()
    {
        await using var company = await Company.Found("sqlite");
        var taken = await Import(
            company,
            "email,name,status\nada@acme.test,Ada,#N/A\n,Nobody,active\nada@acme.test,Ada,\n#REF!,Bo,active\nTotal: 3,,\n"
        );
        Assert.Equal(1, taken.Accounts);
        Assert.Equal(
            [
                "#N/A is an error of the spreadsheet and no value, so this cell counts as empty: row 2, column 'status'.",
                "#REF! is an error of the spreadsheet and no value, so this cell counts as empty: row 5, column 'email'.",
                "Rows 3, 5 not taken. It does not name an account.",
                "Row 6 not taken. It looks like a total. If it is an account, fill in more of its cells.",
            ],
            taken.Remarks
        );
    }

    [Fact]
    public async Task One_page_of_a_directory_is_not_the_whole_of_it()
    {
        await using var company = await Company.Found("sqlite");
        const string page =
            """{"totalResults":120,"itemsPerPage":1,"Resources":[{"userName":"ada@acme.test","active":true},{"displayName":"Group"}]}""";
        Assert.Equal(
            "complete",
            (await Assert.ThrowsAsync<InputInvalid>(() => Import(company, page, complete: true))).Errors[0].Field
        );
        Assert.Equal(
            ["The file says that there are 120 entries and holds 2 of them.", "1 entry is no user and is not taken."],
            (await Import(company, page)).Remarks
        );
    }

    [Fact]
    public void Users_of_the_corpus_are_read()
    {
        foreach (
            var name in new[]
            {
                "rfc7643-8.1-user-minimal",
                "rfc7643-8.3-enterprise_user",
                "rfc7644-3.4.3-list_response-post_query",
                "rfc7644-3.3-user-post_response",
            }
        )
            Assert.NotEmpty(
                DirectoryReader
                    .Read(
                        new GivenFile
                        {
                            Name = $"{name}.json",
                            Content = System.IO.File.ReadAllBytes(Corpus.Of($"scim/{name}.json")),
                        }
                    )
                    .Accounts
            );
        Assert.Throws<InputInvalid>(() =>
            DirectoryReader.Read(
                new GivenFile
                {
                    Name = "x.json",
                    Content = System.IO.File.ReadAllBytes(Corpus.Of("scim/rfc7643-8.4-group.json")),
                }
            )
        );
    }

    private static GivenFile File(string text) =>
        new() { Name = text[0] is '{' or '[' ? "users.json" : "users.csv", Content = Encoding.UTF8.GetBytes(text) };

    private static Task<DirectoryTaken> Import(Company company, string text, bool complete = false) =>
        company.Run<DirectoryProcess, GiveDirectory, DirectoryTaken>(
            p => p.Import,
            new GiveDirectory { File = File(text), Complete = complete }
        );

    private static async Task<string[]> Outcomes(Company company, string check) =>
        [
            .. (await FactTests.Check(company, check))
                .Resources.Select(r => $"{r.Name} {r.Outcome}")
                .Order(StringComparer.Ordinal),
        ];
}

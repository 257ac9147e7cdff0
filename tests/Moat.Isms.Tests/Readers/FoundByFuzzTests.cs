using System.Text;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Tests;

/// <summary>Inputs that once did something else than be read, not understood or refused. ./fuzz found them.</summary>
public sealed class FoundByFuzzTests
{
    [Theory]
    [InlineData(
        """{"success":true,"statistics":{},"meta":{"active_batch_definition":[1]},"results":[{"success":true,"expectation_config":"x"},{"success":true,"expectation_config":{"kwargs":[]}}]}"""
    )]
    [InlineData(
        """{"success":true,"statistics":{"evaluated_expectations":1},"meta":{"batch_kwargs":"x"},"results":[]}"""
    )]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":[]}""")]
    [InlineData(
        """{"bomFormat":"CycloneDX","specVersion":"1.6","vulnerabilities":[{"analysis":"open"},{"analysis":[]}]}"""
    )]
    [InlineData("""{"version":"2.1.0","runs":[{"tool":[],"results":[{"rule":"x","provenance":[1]}]}]}""")]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":[],"extensions":{"a":1}},"externalPropertyFileReferences":[],"results":[]}]}"""
    )]
    [InlineData(
        """{"version":"2.1.0","runs":[{"tool":{"driver":{"rules":[{"id":"a","defaultConfiguration":"x"}]}},"invocations":[{"ruleConfigurationOverrides":[{"configuration":[],"descriptor":{"index":0}}]}],"results":[{"ruleId":"a"}]}]}"""
    )]
    public void A_value_of_another_type_is_no_fault(string report) =>
        Assert.NotEmpty(ReportReader.Read(Encoding.UTF8.GetBytes(report)).Facts);

    [Theory]
    [InlineData("a: b\n  c: 'd\n e: &a {{{")]
    [InlineData("? [\n: ]\n- !<tag: x")]
    [InlineData("a: *b")]
    [InlineData("a:\n    - {b: 'c', d: '1'   e: f\n    g:\n    - {h: 'i', j1', k: 'l'}\n")]
    [InlineData("%YAML 9.9\n%TAG ! x\n--- |9\n")]
    public void What_is_no_YAML_is_refused_whatever_its_parser_throws(string text) =>
        Assert.Throws<InputInvalid>(() => GivenYaml.MustBePlain(text));
}

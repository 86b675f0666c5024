namespace Duomano.Formats.Hands;

/// <summary>An array as a file has it: its shape and its numbers in C order.</summary>
internal sealed record NumericArray(int[] Shape, double[] Values)
{
    public string ShapeText => $"({string.Join(", ", Shape)})";
}

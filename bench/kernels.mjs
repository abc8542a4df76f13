export async function kernels() {}

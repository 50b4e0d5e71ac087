export interface Config {
  genai?: {
    modelCatalog?: {
      /**
       * Ref of the template that "Deploy" opens with the model filled in. Default: `template:default/gpu-inference-service`.
       *
       * @visibility frontend
       */
      template?: string;
    };
  };
}
